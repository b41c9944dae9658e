/**
 * Everything that one user's query leads to: its own execution, its calls as a composite query, their calls in turn,
 * and their common limit (dfinity/ic: execution_environment, query_handler).
 *
 * A canister answers one of them at a time, and a composite query keeps its canister until it has its answers. So that
 * two never wait for each other's canisters, the later one gives way: it lets go of everything and begins again when
 * the earlier one has ended. Nothing is lost by that, because queries change nothing.
 */
import { ErrorCode } from '../execution/errors.js';
import type { QueryProcess } from '../execution/process.js';
import type { Canister } from '../state/canister.js';

/** Maximum depth of calls in a composite query: at this depth a query cannot call others. */
const maxDepth = 6;

/** The cost of each call on top of its instructions, for the work around it. */
const callInstructions = 50_000_000;

/** A composite query has gone too far: no canister is told, the user is. */
export class GraphError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** A composite query gives way to an earlier one. */
export class GivesWay extends Error {
  readonly to: QueryGraph;

  constructor(to: QueryGraph) {
    super('this composite query begins again when an earlier one has ended');
    this.to = to;
  }
}

export class QueryGraph {
  /** Numbers them in the order of their beginning. */
  readonly number: number;
  /** Canisters that are waiting for an answer, or giving one, and where. */
  readonly open = new Map<Canister, QueryProcess>();
  readonly ended: Promise<void>;
  end: () => void = () => {};
  /** Instructions that are left for everything together. */
  left: number;
  private readonly limit: number;

  constructor(number: number, limit: number) {
    this.number = number;
    this.limit = limit;
    this.left = limit;
    this.ended = new Promise((resolve) => {
      this.end = resolve;
    });
  }

  /** It is asked anew. */
  restart(): void {
    this.left = this.limit;
  }

  spend(instructions: number): void {
    this.left -= instructions;
  }

  /** A call has been made and answered. */
  spendOnCall(): void {
    this.spend(callInstructions);
  }

  /** To be asked before a call and after its answer. Throws GraphError. */
  check(depth: number): void {
    if (depth >= maxDepth) {
      throw new GraphError(ErrorCode.queryTooDeep, 'Composite query calls exceeded the maximum call depth.');
    }
    if (this.left <= 0) {
      throw new GraphError(ErrorCode.queryInstructions, 'Composite query calls exceeded the instruction limit.');
    }
  }
}

/** Which query has, or waits for, which canister. */
export class Lines {
  private readonly lines = new Map<Canister, QueryGraph[]>();

  /**
   * Runs work that needs a canister. Throws GivesWay if an earlier graph is before this one, unless this one holds
   * nothing yet that others could wait for.
   */
  async within<T>(canister: Canister, graph: QueryGraph, work: () => Promise<T>): Promise<T> {
    const line = this.lines.get(canister) ?? [];
    const earlier = line.find(({ number }) => number < graph.number);
    if (earlier !== undefined && graph.open.size > 0) throw new GivesWay(earlier);
    this.lines.set(canister, line);
    line.push(graph);
    try {
      return await work();
    } finally {
      line.splice(line.indexOf(graph), 1);
      if (line.length === 0) this.lines.delete(canister);
    }
  }
}
