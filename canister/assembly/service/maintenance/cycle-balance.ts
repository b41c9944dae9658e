/** The cycle monitor: records the canister's cycles every hour once it was started, also after an upgrade. */
import { Nat } from '../../ic/candid/integers';
import { CycleBalanceRecord, CycleBalanceResult, StatusCodeRecordResult } from '../../ic/candid/service.generated';
import { now } from '../../ic/clock';
import { cycleBalance } from '../../ic/cycles';
import { Problem } from '../../problem';
import { FieldWriter } from '../../storage/values';
import { logError } from '../settings/log-level';
import { because, statusOf } from '../replies/replies';
import { Setting } from '../settings/settings';
import { Task, cancel, schedule } from '../settings/tasks';

const HOUR: u64 = 3_600_000_000_000;
const OFF: string = 'cycle balance tracking is off — an admin must call cycle_balance_start_timer';

/** Version 1: time of the next look, u64, 0 = off; of the last, u64; cycles then, u128. */
const setting = new Setting('cycle-balance');

/** When the next check is due; 0 if none is. */
function due(): u64 {
  return setting.read().take<u64>();
}

/** Saves the present balance, and the time of the next check (0: never). Null, or why not. */
function write(next: u64): Problem | null {
  const balance = cycleBalance();
  const value = new FieldWriter(1);
  value.put<u64>(next);
  value.put<u64>(now());
  value.put<u64>(balance.low);
  value.put<u64>(balance.high);
  return setting.write(value);
}

function look(): Problem | null {
  const next = now() + HOUR;
  const problem = write(next);
  if (problem === null) schedule(task, next);
  return problem;
}

class Look extends Task {
  run(): void {
    if (due() == 0) return;
    const problem = look();
    if (problem === null) return;
    logError(`the balance of cycles cannot be written down: ${problem.text}`);
    schedule(this, now() + HOUR);
  }
}

const task = new Look();

/** Every program calls this before anything else. */
export function rearmBalance(): void {
  const time = due();
  if (time != 0) schedule(task, time);
}

export function startBalance(): StatusCodeRecordResult {
  return statusOf(look());
}

export function stopBalance(): StatusCodeRecordResult {
  if (due() == 0) return statusOf(null);
  const problem = write(0);
  if (problem === null) cancel(task);
  return statusOf(problem);
}

export function lastBalance(): CycleBalanceResult {
  const fields = setting.read();
  if (fields.take<u64>() == 0) return CycleBalanceResult.Err(because(OFF));
  const balance = new CycleBalanceRecord();
  balance.updated_at_ns = fields.take<u64>();
  const low = fields.take<u64>();
  balance.cycle_balance = new Nat(low, fields.take<u64>());
  return CycleBalanceResult.Ok(balance);
}
