/** A canister's settings, with the defaults and limits of the interface specification ("IC method update_settings"). */
import type { Principal } from '@icp-sdk/core/principal';
import { ErrorCode } from '../execution/errors.js';

/** Who may read something: the controllers, everybody, or a list of principals. */
export type Visibility = { controllers: null } | { public: null } | { allowed_viewers: Principal[] };

export interface Settings {
  controllers: Principal[];
  /** Per cent. */
  computeAllocation: bigint;
  /** Bytes. */
  memoryAllocation: bigint;
  /** Seconds. */
  freezingThreshold: bigint;
  reservedCyclesLimit: bigint;
  minimumIncomingCallCycles: bigint;
  logVisibility: Visibility;
  snapshotVisibility: Visibility;
  statusVisibility: Visibility;
  logMemoryLimit: bigint;
  /** Bytes; 0: none. */
  wasmMemoryLimit: bigint;
  wasmMemoryThreshold: bigint;
  environmentVariables: [name: string, value: string][];
}

/** Settings as the management canister's callers give them. */
export interface SettingsArgument {
  controllers: [] | [Principal[]];
  compute_allocation: [] | [bigint];
  memory_allocation: [] | [bigint];
  freezing_threshold: [] | [bigint];
  reserved_cycles_limit: [] | [bigint];
  minimum_incoming_canister_call_cycles: [] | [bigint];
  log_visibility: [] | [Visibility];
  snapshot_visibility: [] | [Visibility];
  status_visibility: [] | [Visibility];
  log_memory_limit: [] | [bigint];
  wasm_memory_limit: [] | [bigint];
  wasm_memory_threshold: [] | [bigint];
  environment_variables: [] | [{ name: string; value: string }[]];
}

export const defaultLogMemoryLimit = 4096n;
export const defaultWasmMemoryLimit = 3n * 2n ** 30n;

export function defaultSettings(controllers: Principal[]): Settings {
  return {
    controllers,
    computeAllocation: 0n,
    memoryAllocation: 0n,
    freezingThreshold: 2_592_000n,
    reservedCyclesLimit: 5_000_000_000_000n,
    minimumIncomingCallCycles: 0n,
    logVisibility: { controllers: null },
    snapshotVisibility: { controllers: null },
    statusVisibility: { controllers: null },
    logMemoryLimit: defaultLogMemoryLimit,
    wasmMemoryLimit: defaultWasmMemoryLimit,
    wasmMemoryThreshold: 0n,
    environmentVariables: [],
  };
}

/** A setting is out of its bounds; the text names it and the reason. */
export class SettingsError extends Error {
  readonly code: ErrorCode;

  constructor(message: string, code: ErrorCode = ErrorCode.contractViolation) {
    super(message);
    this.code = code;
  }
}

const maxControllers = 10;
const maxViewers = 10;
const maxEnvironmentVariables = 20;
const maxEnvironmentVariableBytes = 128;

function within(name: string, value: bigint | undefined, max: bigint): bigint | undefined {
  if (value !== undefined && (value < 0n || value > max)) {
    throw new SettingsError(`${name} expected to be in the range of [0..${max}], got ${value}`);
  }
  return value;
}

const leastLog = 4096n;
const largestLog = 2_097_152n;

/** 0 is no log at all. */
function logLimit(value: bigint | undefined): bigint | undefined {
  const refuse = (fault: string) => {
    throw new SettingsError(`The canister log memory limit ${value} is ${fault}.`, ErrorCode.canisterRejected);
  };
  if (value === undefined || value === 0n) return value;
  if (value < leastLog) refuse(`too low. It must be at least ${leastLog}`);
  if (value > largestLog) refuse(`too high. It must be at most ${largestLog}`);
  return value;
}

function viewers(name: string, value: Visibility | undefined): Visibility | undefined {
  if (value !== undefined && 'allowed_viewers' in value && value.allowed_viewers.length > maxViewers) {
    throw new SettingsError(`${name}: at most ${maxViewers} viewers are allowed, got ${value.allowed_viewers.length}`);
  }
  return value;
}

function variables(list: { name: string; value: string }[] | undefined): Settings['environmentVariables'] | undefined {
  if (list === undefined) return undefined;
  if (list.length > maxEnvironmentVariables) {
    throw new SettingsError(
      `Too many environment variables: ${list.length}, at most ${maxEnvironmentVariables} are allowed`,
    );
  }
  const names = new Set<string>();
  for (const { name, value } of list) {
    if (
      Buffer.byteLength(name) > maxEnvironmentVariableBytes ||
      Buffer.byteLength(value) > maxEnvironmentVariableBytes
    ) {
      throw new SettingsError(`Environment variable "${name}" is longer than ${maxEnvironmentVariableBytes} bytes`);
    }
    if (names.has(name)) throw new SettingsError(`Duplicate environment variable "${name}"`);
    names.add(name);
  }
  return list.map(({ name, value }) => [name, value]);
}

/** The settings changed by an argument. Throws SettingsError without changing anything. */
export function changedSettings(settings: Settings, argument: Partial<SettingsArgument>): Settings {
  const controllers = argument.controllers?.[0];
  if (controllers !== undefined && controllers.length > maxControllers) {
    throw new SettingsError(`Invalid settings: 'controllers' length exceeds maximum size allowed of ${maxControllers}`);
  }
  const changes = {
    controllers,
    computeAllocation: within('ComputeAllocation', argument.compute_allocation?.[0], 100n),
    memoryAllocation: within('MemoryAllocation', argument.memory_allocation?.[0], 2n ** 48n),
    freezingThreshold: within('FreezingThreshold', argument.freezing_threshold?.[0], 2n ** 64n - 1n),
    reservedCyclesLimit: within('ReservedCyclesLimit', argument.reserved_cycles_limit?.[0], 2n ** 128n - 1n),
    minimumIncomingCallCycles: within(
      'MinimumIncomingCanisterCallCycles',
      argument.minimum_incoming_canister_call_cycles?.[0],
      2n ** 128n - 1n,
    ),
    logVisibility: viewers('LogVisibility', argument.log_visibility?.[0]),
    snapshotVisibility: viewers('SnapshotVisibility', argument.snapshot_visibility?.[0]),
    statusVisibility: viewers('StatusVisibility', argument.status_visibility?.[0]),
    logMemoryLimit: logLimit(argument.log_memory_limit?.[0]),
    wasmMemoryLimit: within('WasmMemoryLimit', argument.wasm_memory_limit?.[0], 2n ** 48n),
    wasmMemoryThreshold: within('WasmMemoryThreshold', argument.wasm_memory_threshold?.[0], 2n ** 48n),
    environmentVariables: variables(argument.environment_variables?.[0]),
  };
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  return { ...settings, ...given };
}

/** Whether `reader` may read something of this `visibility`. */
export function mayRead(visibility: Visibility, controllers: readonly Principal[], reader: Principal): boolean {
  const among = (list: readonly Principal[]) => list.some((each) => each.toText() === reader.toText());
  if ('public' in visibility || among(controllers)) return true;
  return 'allowed_viewers' in visibility && among(visibility.allowed_viewers);
}
