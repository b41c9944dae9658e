/** Limits of a message (developer-docs: references/resource-limits; dfinity/ic: rs/config). Bytes and instructions. */

const GiB = 2 ** 30;
const MiB = 2 ** 20;

export interface ExecutionLimits {
  /** Updates, callbacks, timers and heartbeats. */
  updateInstructions: number;
  /** Plain and replicated queries; not cut into slices. */
  queryInstructions: number;
  /** A whole install_code: pre_upgrade, start, init or post_upgrade, compilation. */
  installInstructions: number;
  inspectInstructions: number;
  /** One operator must fit into the slice it begins in, and one more. */
  sliceInstructions: number;
  /** Distinct 4 KiB pages of stable memory that a message may access, and write, in bytes. */
  updateStableBytes: number;
  installStableBytes: number;
  queryStableBytes: number;
  stableMemoryBytes: number;
  updateReplyBytes: number;
  queryReplyBytes: number;
  /** Argument of an inter-canister call. */
  callPayloadBytes: number;
  /** A module, after decompression. */
  moduleBytes: number;
  /** Canister log buffer. */
  logBytes: number;
}

export const defaultLimits: Readonly<ExecutionLimits> = {
  updateInstructions: 40e9,
  queryInstructions: 5e9,
  installInstructions: 300e9,
  inspectInstructions: 200e6,
  sliceInstructions: 2e9,
  updateStableBytes: 2 * GiB,
  installStableBytes: 8 * GiB,
  queryStableBytes: GiB,
  stableMemoryBytes: 500 * GiB,
  updateReplyBytes: 2 * MiB,
  queryReplyBytes: 3 * MiB,
  callPayloadBytes: 10 * MiB,
  moduleBytes: 100 * MiB,
  logBytes: 4096,
};
