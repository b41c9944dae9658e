/** The cost of every message, to show where instructions and cycles go. */
import type { PageCounts } from '../execution/message.js';
import type { MeteringMode } from '../wasm/instrument.js';

export interface MessageMetrics {
  /** Textual principal. */
  canister: string;
  /** Method name, or the kind of the message: canister_init, heartbeat, timer, reply ... */
  method: string;
  kind: string;
  instructions: number;
  /** 64 KiB pages. */
  pages: PageCounts;
  /** Cycles that the canister paid for the execution. */
  cycles: bigint;
  /** Real time in the executing thread, waiting included. */
  milliseconds: number;
  /** Network time of the message, in nanoseconds. */
  time: bigint;
  /** Error code ("IC0502") of a message that failed. */
  error?: string;
}

export interface MethodTotals {
  canister: string;
  method: string;
  kind: string;
  count: number;
  failures: number;
  instructions: number;
  /** Instructions of the most expensive message. */
  largest: number;
  /** 64 KiB pages, of all messages together. */
  pages: PageCounts;
  cycles: bigint;
  milliseconds: number;
}

/** Messages that are remembered one by one. */
const remembered = 2_000;
/** Methods with totals of their own; all further ones share one total. */
const differentMethods = 2_000;
const others = '(others)';

const keyOf = ({ canister, kind, method }: Pick<MessageMetrics, 'canister' | 'kind' | 'method'>) =>
  `${canister} ${kind} ${method}`;

export class Metrics {
  /** How instructions are counted; in the fast mode page charges are missing. */
  readonly metering: MeteringMode;
  private recent: MessageMetrics[] = [];
  private readonly totals = new Map<string, MethodTotals>();
  private readonly listeners = new Set<(message: MessageMetrics) => void>();

  constructor(metering: MeteringMode = 'exact') {
    this.metering = metering;
  }

  /** The latest messages, oldest first. */
  get messages(): readonly MessageMetrics[] {
    return this.recent;
  }

  get last(): MessageMetrics | undefined {
    return this.recent.at(-1);
  }

  /** Totals since the network's start, by canister, method and kind. */
  get methods(): MethodTotals[] {
    return [...this.totals.values()];
  }

  /** Calls `listener` for every message from now on; returns a function that ends it. */
  subscribe(listener: (message: MessageMetrics) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  record(message: MessageMetrics): void {
    this.recent.push(message);
    if (this.recent.length > 2 * remembered) this.recent = this.recent.slice(-remembered);
    const { kind, instructions, pages, cycles, milliseconds, error } = message;
    const isKnown = this.totals.size < differentMethods || this.totals.has(keyOf(message));
    const { canister, method } = isKnown ? message : { canister: others, method: others };
    const key = keyOf({ canister, method, kind });
    const total = this.totals.get(key) ?? {
      canister,
      method,
      kind,
      count: 0,
      failures: 0,
      instructions: 0,
      largest: 0,
      pages: { heapAccessed: 0, heapWritten: 0, stableAccessed: 0, stableWritten: 0 },
      cycles: 0n,
      milliseconds: 0,
    };
    total.count++;
    if (error !== undefined) total.failures++;
    total.instructions += instructions;
    total.largest = Math.max(total.largest, instructions);
    for (const key of Object.keys(pages) as (keyof PageCounts)[]) total.pages[key] += pages[key];
    total.cycles += cycles;
    total.milliseconds += milliseconds;
    this.totals.set(key, total);
    for (const listener of this.listeners) listener(message);
  }
}
