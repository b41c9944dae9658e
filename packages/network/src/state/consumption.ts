/** The cycles that a canister has paid since its creation, by use (interface specification, canister_metrics). */

export const cyclesUses = [
  'memory',
  'compute_allocation',
  'ingress_induction',
  'instructions',
  'request_and_response_transmission',
  'uninstall',
  'canister_creation',
  'http_outcalls',
  'burned_cycles',
] as const;

export type CyclesUse = (typeof cyclesUses)[number];

export class Consumption {
  /** Cycles by use. */
  readonly cycles: Record<CyclesUse, bigint>;

  /** Starts at zero, or with the counts of an earlier process. */
  constructor(kept: Partial<Record<CyclesUse, bigint>> = {}) {
    this.cycles = Object.fromEntries(cyclesUses.map((use) => [use, kept[use] ?? 0n])) as Record<CyclesUse, bigint>;
  }

  /** Negative cycles refund an earlier count. */
  add(use: CyclesUse, cycles: bigint): void {
    this.cycles[use] += cycles;
  }

  get total(): bigint {
    return cyclesUses.reduce((sum, use) => sum + this.cycles[use], 0n);
  }
}
