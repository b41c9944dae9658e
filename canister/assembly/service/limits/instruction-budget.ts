/** How many instructions a call may execute, and how many are left. */
import { InstructionBudget, StatusCodeRecordResult } from '../../ic/candid/service.generated';
import { instructions } from '../../ic/performance';
import { Budget } from '../../llm/budget';
import { FieldWriter } from '../../storage/values';
import { statusOf } from '../replies/replies';
import { Setting } from '../settings/settings';

/** The network's limit for a message (developer-docs: references/resource-limits). */
const UPDATE_LIMIT: u64 = 40_000_000_000;
const QUERY_LIMIT: u64 = 5_000_000_000;

/** Version 1: for an update call, u64; for a query call, u64. 0 = what the network allows. */
const setting = new Setting('instruction-budget');

export function getInstructionBudget(): InstructionBudget {
  const fields = setting.read();
  const budget = new InstructionBudget();
  budget.update = fields.take<u64>();
  budget.query = fields.take<u64>();
  return budget;
}

export function setInstructionBudget(input: InstructionBudget): StatusCodeRecordResult {
  const value = new FieldWriter(1);
  value.put<u64>(input.update);
  value.put<u64>(input.query);
  return statusOf(setting.write(value));
}

/** The instructions that a whole call may execute. */
export function callLimit(isQuery: bool): u64 {
  const budget = getInstructionBudget();
  if (isQuery) return budget.query == 0 ? QUERY_LIMIT : budget.query;
  return budget.update == 0 ? UPDATE_LIMIT : budget.update;
}

/** The rest of this message's budget, by the system's own count. */
export class MessageBudget extends Budget {
  private end: u64 = 0;

  /** Sets the number of executed instructions at which work stops. */
  begin(end: u64): void {
    this.end = end;
  }

  remaining(): u64 {
    const used = instructions();
    return used < this.end ? this.end - used : 0;
  }
}
