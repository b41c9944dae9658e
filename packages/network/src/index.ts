export { Clock } from './clock.js';
export { type DirectCallOptions, DirectCanister, type DirectOptions } from './execution/direct.js';
export { type FeeSchedule, mainNetFees, noFees } from './execution/fees.js';
export { defaultLimits, type ExecutionLimits } from './execution/limits.js';
export type { ExecutionOutput, InstallOutput, MemorySizes, PageCounts, Result } from './execution/message.js';
export type { MetricsReport } from './http/metrics-report.js';
export {
  type CanisterInfo,
  type CreateOptions,
  type InstallOptions,
  Network,
  NetworkError,
  type NetworkOptions,
} from './network.js';
export type { CanisterStatus } from './state/canister.js';
export type { MessageMetrics, MethodTotals, Metrics } from './state/metrics.js';
export { defaultWasmMemoryLimit, type Settings, type Visibility } from './state/settings.js';
export { type Damage, DamagedStateError } from './storage/damage.js';
export type { Endowment } from './system-canisters/index.js';
export { pageAccessCost } from './wasm/cost.js';
export type { MeteringMode } from './wasm/instrument.js';
