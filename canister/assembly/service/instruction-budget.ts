/** How many instructions a call may execute, and how many it still may. */
import { InstructionBudget, StatusCodeRecordResult } from '../ic/candid/service.generated';
import { instructions } from '../ic/performance';
import { Budget } from '../llm/budget';
import { readRecord, writeRecord } from '../storage/records';
import { statusOk } from './replies';
import { INSTRUCTION_BUDGET } from './settings';

/** What the network lets a message execute (developer-docs: references/resource-limits). */
const UPDATE_LIMIT: u64 = 40_000_000_000;
const QUERY_LIMIT: u64 = 5_000_000_000;

/** The record: for an update call, u64; for a query call, u64. 0 = what the network allows. */
const record: usize = memory.data(16, 8);

export function getInstructionBudget(): InstructionBudget {
  readRecord(INSTRUCTION_BUDGET, record, 16);
  const budget = new InstructionBudget();
  budget.update = load<u64>(record);
  budget.query = load<u64>(record, 8);
  return budget;
}

export function setInstructionBudget(input: InstructionBudget): StatusCodeRecordResult {
  store<u64>(record, input.update);
  store<u64>(record, input.query, 8);
  writeRecord(INSTRUCTION_BUDGET, record, 16);
  return statusOk();
}

/** Instructions that a whole call may execute. */
export function callLimit(isQuery: bool): u64 {
  const budget = getInstructionBudget();
  if (isQuery) return budget.query == 0 ? QUERY_LIMIT : budget.query;
  return budget.update == 0 ? UPDATE_LIMIT : budget.update;
}

/** What is left of the message that is being executed, by the system's own count. */
export class MessageBudget extends Budget {
  private end: u64 = 0;

  /** Stops the work when the message has executed so many instructions. */
  begin(end: u64): void {
    this.end = end;
  }

  remaining(): u64 {
    const used = instructions();
    return used < this.end ? this.end - used : 0;
  }
}
