/** The limits of generations, as they are set. */
import { Problem } from '../../problem';
import { Nat } from '../../ic/candid/integers';
import { GenerationLimits, GenerationLimitsInput, StatusCodeRecordResult } from '../../ic/candid/service.generated';
import { Some } from '../../ic/candid/values';
import { FieldWriter, Fields } from '../../storage/values';
import { statusOf } from '../replies/replies';
import { Setting } from '../settings/settings';
import { messageLength } from './message-length';

const SECOND: u64 = 1_000_000_000;
/** Defaults. */
const RETENTION: u64 = 86_400;
const BYTES: u64 = 256 << 20;
const OPEN: u64 = 256;
const OPEN_OF_CALLER: u64 = 8;
const ENDED_OF_CALLER: u64 = 64;
const PAGE_CHARGE_FACTOR: u64 = 12;
const MESSAGE_SECONDS: u64 = 16;
const LEAST_CYCLES: u64 = 100_000_000_000;
/** Open generations are in the heap, and every message visits them. */
const MOST_OPEN: u64 = 1024;
const MOST_SECONDS: u64 = u64.MAX_VALUE / SECOND / 2;

/**
 * Version 1: whether each is set, u8 with a bit for each in their order, and retention, bytes, open, open of a caller,
 * ended of a caller, page charge factor, message seconds, u64 each; least cycles, u128.
 */
const setting = new Setting('generation-limits');


@final
export class Limits {
  retention: u64;
  bytes: u64;
  open: u64;
  openOfCaller: u64;
  endedOfCaller: u64;
  pageChargeFactor: u64;
  messageSeconds: u64;
  leastCycles: Nat;

  private constructor() {
    const fields = setting.read();
    const isSet = fields.take<u8>();
    this.retention = next(fields, isSet, 0, RETENTION) * SECOND;
    this.bytes = next(fields, isSet, 1, BYTES);
    this.open = next(fields, isSet, 2, OPEN);
    this.openOfCaller = next(fields, isSet, 3, OPEN_OF_CALLER);
    this.endedOfCaller = next(fields, isSet, 4, ENDED_OF_CALLER);
    this.pageChargeFactor = next(fields, isSet, 5, PAGE_CHARGE_FACTOR);
    this.messageSeconds = next(fields, isSet, 6, MESSAGE_SECONDS);
    const low = next(fields, isSet, 7, LEAST_CYCLES);
    this.leastCycles = new Nat(low, fields.take<u64>());
  }

  /** The limits in force. */
  static read(): Limits {
    return new Limits();
  }
}

function next(fields: Fields, isSet: u8, bit: u8, initial: u64): u64 {
  const value = fields.take<u64>();
  return (isSet & (1 << bit)) != 0 ? value : initial;
}

/** Writes a number, and a bit for whether it is set. */
function note(value: FieldWriter, given: Some<u64> | null): void {
  value.put<u64>(given === null ? 0 : given.value);
}

/** Why these limits are refused; null if they are not. */
function whyNot(input: GenerationLimitsInput): Problem | null {
  const retention = input.retention_seconds;
  if (retention !== null && retention.value > MOST_SECONDS) {
    return new Problem(`retention_seconds: at most ${MOST_SECONDS}`);
  }
  const open = input.open;
  if (open !== null && open.value > MOST_OPEN) return new Problem(`open: at most ${MOST_OPEN}`);
  const factor = input.page_charge_factor;
  if (factor !== null && (factor.value == 0 || factor.value > 1000)) {
    return new Problem('page_charge_factor: 1 to 1000');
  }
  const seconds = input.message_seconds;
  if (seconds !== null && (seconds.value == 0 || seconds.value > 1000)) {
    return new Problem('message_seconds: 1 to 1000');
  }
  return null;
}

export function setGenerationLimits(input: GenerationLimitsInput): StatusCodeRecordResult {
  const why = whyNot(input);
  if (why !== null) return statusOf(why.of('set_generation_limits'));
  const cycles = input.least_cycles;
  const given: (Some<u64> | null)[] = [
    input.retention_seconds,
    input.bytes,
    input.open,
    input.open_of_caller,
    input.ended_of_caller,
    input.page_charge_factor,
    input.message_seconds,
  ];
  let isSet: u8 = cycles === null ? 0 : 1 << 7;
  for (let i = 0; i < given.length; ++i) if (given[i] !== null) isSet |= 1 << (<u8>i);
  const value = new FieldWriter(1);
  value.put<u8>(isSet);
  for (let i = 0; i < given.length; ++i) note(value, given[i]);
  value.put<u64>(cycles === null ? 0 : cycles.low);
  value.put<u64>(cycles === null ? 0 : cycles.high);
  return statusOf(setting.write(value));
}

export function getGenerationLimits(): GenerationLimits {
  const limits = Limits.read();
  const record = new GenerationLimits();
  record.retention_seconds = limits.retention / SECOND;
  record.bytes = limits.bytes;
  record.open = limits.open;
  record.open_of_caller = limits.openOfCaller;
  record.ended_of_caller = limits.endedOfCaller;
  record.page_charge_factor = limits.pageChargeFactor;
  record.message_seconds = limits.messageSeconds;
  record.least_cycles = limits.leastCycles;
  record.message_instructions = messageLength(limits.pageChargeFactor, limits.messageSeconds);
  return record;
}
