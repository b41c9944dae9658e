/** The canister's cycles, looked at every hour once that was started, also after an upgrade. */
import { Nat } from '../ic/candid/integers';
import { CycleBalanceRecord, CycleBalanceResult, StatusCodeRecordResult } from '../ic/candid/service.generated';
import { now } from '../ic/clock';
import { cycleBalance } from '../ic/cycles';
import { readRecord, writeRecord } from '../storage/records';
import { because, statusOk } from './replies';
import { CYCLE_BALANCE } from './settings';
import { Task, cancel, schedule } from './tasks';

const HOUR: u64 = 3_600_000_000_000;
const OFF: string = 'cycle balance tracking is off — an admin must call cycle_balance_start_timer';

const record: usize = memory.data(32, 8);

/** When the next look is due; 0 if there is none. */
function due(): u64 {
  readRecord(CYCLE_BALANCE, record, 32);
  return load<u64>(record);
}

function look(): void {
  const time = now();
  const balance = cycleBalance();
  store<u64>(record, time + HOUR);
  store<u64>(record, time, 8);
  store<u64>(record, balance.low, 16);
  store<u64>(record, balance.high, 24);
  writeRecord(CYCLE_BALANCE, record, 32);
  schedule(task, time + HOUR);
}

class Look extends Task {
  run(): void {
    if (due() != 0) look();
  }
}

const task = new Look();

/** Called by every program before anything else. */
export function rearmBalance(): void {
  const time = due();
  if (time != 0) schedule(task, time);
}

export function startBalance(): StatusCodeRecordResult {
  look();
  return statusOk();
}

export function stopBalance(): StatusCodeRecordResult {
  if (due() != 0) {
    store<u64>(record, 0);
    writeRecord(CYCLE_BALANCE, record, 32);
    cancel(task);
  }
  return statusOk();
}

export function lastBalance(): CycleBalanceResult {
  if (due() == 0) return CycleBalanceResult.Err(because(OFF));
  const balance = new CycleBalanceRecord();
  balance.updated_at_ns = load<u64>(record, 8);
  balance.cycle_balance = new Nat(load<u64>(record, 16), load<u64>(record, 24));
  return CycleBalanceResult.Ok(balance);
}
