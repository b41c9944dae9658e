/** Payment for HTTPS outcalls: version 1 at a fixed price, version 2 by use, out of the call's cycles. */
import {
  affordableDownload,
  affordableInstructions,
  askingNodes,
  baseFee,
  deliveryFee,
  downloadFee,
  gossipFee,
  type OutcallUsage,
  type Replication,
  transformFee,
  usageFee,
} from '../execution/outcall-fees.js';
import { type OutcallArgument, type OutcallBudget, refuse, requestBytes } from './outcall-request.js';
import type { ManagementCall, Services } from './types.js';

/** Milliseconds that a server has, by the version of prices. */
const legacyTimeout = 30_000;
const longestTimeout = 60_000;

/** Throws ManagementError. */
export function requireFee(method: string, cycles: bigint, fee: bigint): void {
  if (cycles < fee) refuse(`${method} request sent with ${cycles} cycles, but ${fee} cycles are required.`);
}

/** Version 1: the payment limits nothing. */
export function unlimited({ limits }: Services['state']): OutcallBudget {
  return {
    download: () => ({ bytes: Number.POSITIVE_INFINITY, milliseconds: legacyTimeout }),
    instructions: () => limits.queryInstructions,
    downloaded: () => {},
    transformed: () => {},
  };
}

/** Version 2: a node's share of the payment beyond the base fee. */
class Allowance implements OutcallBudget {
  spent = 0n;
  transformedBytes = 0n;
  private readonly allowance: bigint;
  private readonly replication: Replication;
  private readonly queryInstructions: number;

  constructor(allowance: bigint, replication: Replication, queryInstructions: number) {
    this.allowance = allowance;
    this.replication = replication;
    this.queryInstructions = queryInstructions;
  }

  private get left(): bigint {
    return this.allowance - this.spent;
  }

  download() {
    const { bytes, milliseconds } = affordableDownload(this.left);
    return { bytes: Number(bytes), milliseconds: Math.min(longestTimeout, Number(milliseconds)) };
  }

  instructions(): number {
    return Math.min(this.queryInstructions, Number(affordableInstructions(this.left)));
  }

  private spend(fee: bigint): void {
    const isTooMuch = fee > this.left;
    this.spent += isTooMuch ? this.left : fee;
    if (isTooMuch) refuse('Insufficient cycles');
  }

  downloaded(usage: Pick<OutcallUsage, 'rawBytes' | 'milliseconds'>): void {
    this.spend(downloadFee(usage));
  }

  transformed({ instructions, transformedBytes }: Pick<OutcallUsage, 'instructions' | 'transformedBytes'>): void {
    this.transformedBytes = transformedBytes;
    this.spend(transformFee(instructions) + gossipFee(this.replication, transformedBytes));
  }
}

/** The payment for an outcall of version 2, and its use. */
export class Payment {
  readonly allowance: Allowance;
  private readonly base: bigint;
  private readonly nodes: bigint;
  private readonly withheld: bigint;
  private readonly replication: Replication;
  private readonly isFree: boolean;

  /** Throws ManagementError when not even the base fee has come. */
  constructor(
    method: string,
    { state }: Services,
    { argument, cycles }: ManagementCall<OutcallArgument>,
    replication: Replication,
    limit: number,
  ) {
    const { queryInstructions } = state.limits;
    this.replication = replication;
    this.isFree = state.fees.instruction === 0n;
    this.nodes = askingNodes(replication);
    this.base = this.isFree ? 0n : baseFee(requestBytes(argument), replication);
    requireFee(method, cycles, this.base);
    const most = usageFee(replication, {
      rawBytes: BigInt(limit),
      milliseconds: BigInt(longestTimeout),
      instructions: BigInt(queryInstructions),
      transformedBytes: BigInt(limit) + 1024n,
    });
    const beyond = cycles - this.base;
    this.withheld = this.isFree || beyond > most ? most : beyond;
    this.allowance = new Allowance(this.withheld / this.nodes, replication, queryInstructions);
  }

  /** Cycles that the nodes have spent, and the delivery of responses of these sizes. */
  charge(sizes: readonly bigint[]): bigint {
    if (this.isFree) return 0n;
    return this.base + this.allowance.spent * this.nodes + deliveryFee(this.replication, sizes);
  }

  /** Whether the remaining cycles pay for that delivery. */
  covers(sizes: readonly bigint[]): boolean {
    return this.allowance.spent * this.nodes + deliveryFee(this.replication, sizes) <= this.withheld;
  }
}
