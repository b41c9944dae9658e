/**
 * What a token costs by part and by position, measured with the engine in a bare metered canister. There a history can
 * be made up instead of evaluated, because the counts do not depend on the keys and values.
 */
import { MeteredEngine } from '../canister/test/metered.js';

export interface Parts {
  matrices: number;
  attention: number;
  logits: number;
  sampling: number;
  /** Everything else: norms, rope, gates, the cache, the embedding, the engine's own steps. */
  rest: number;
  total: number;
}

export interface AtPosition {
  position: number;
  /** Tokens that one update call evaluates and samples from this position on. */
  tokensPerCall: number;
  /** Instructions of the call, with its page charges, divided by these tokens. */
  instructionsPerToken: number;
  /** 64 KiB pages that were first read, and first written, in that call. */
  pages: { read: number; written: number };
  /** Bytes of weights; fewer if some were packed to make room for the context. */
  weightBytes: number;
  /** Whether keys and values are int8, because int16 would not fit. */
  byteCache: boolean;
}

export interface EngineMeasurement {
  parameters: number;
  /** Weights that one token is multiplied with: all matrices of the layers, and the output matrix. */
  multiplied: number;
  weightBytes: number;
  workspaceBytes: number;
  /** Bytes of the keys and values of 32 positions. */
  blockBytes: number;
  decode: Parts;
  /** For each of 8 tokens that are evaluated together. */
  prefill: Parts;
  positions: AtPosition[];
}

const SHORT = 128;
/** Instructions of an update call, without the reserve of run_update (canister/assembly/service/runs/run.ts). */
const CALL = 40e9 - 8e6;
/** The context for which models are loaded unless a longer one is measured, as in the canister. */
export const SHORT_CONTEXT = 5120;
/** Tokens that a call may generate after a position. */
export const ROOM = 512;
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** Calls a method until its work is done. */
function finish(engine: MeteredEngine, method: string): void {
  for (;;) {
    const { status } = engine.call(method);
    if (status === 0) return;
    if (status !== 1) throw new Error(`${method} failed`);
  }
}

/** Loads the model for a longer context, with an int8 cache if necessary; undefined if that does not fit either. */
function load(engine: MeteredEngine, context: number): { byteCache: boolean } | undefined {
  for (const byteCache of [false, true]) {
    try {
      engine.load(byteCache ? -context : context);
      return { byteCache };
    } catch {
      // The next one needs less.
    }
  }
  return undefined;
}

function parts(engine: MeteredEngine, tokens: 1 | 8): Parts {
  // Not at the start of a block, whose pages would be charged.
  engine.call('open', SHORT - 2 * tokens);
  finish(engine, 'ingest');
  const { steps } = engine.call('batch', tokens);
  const [matrices, attention, logits, sampling] = engine.call('parts', tokens).steps as [
    number,
    number,
    number,
    number,
  ];
  const all = sum(steps) + (tokens === 1 ? logits + sampling : 0);
  const share = (value: number) => Math.round(value / tokens);
  return {
    matrices: share(matrices),
    attention: share(attention),
    logits: tokens === 1 ? logits : 0,
    sampling: tokens === 1 ? sampling : 0,
    rest: share(all - matrices - attention) - (tokens === 1 ? logits + sampling : 0),
    total: share(all),
  };
}

/** Measures a model file, given in pieces. `positions`: where to count the tokens of a call. */
export async function measureEngine(pieces: Iterable<Uint8Array>, positions: number[]): Promise<EngineMeasurement> {
  const engine = await MeteredEngine.create();
  engine.upload(pieces);
  engine.load(SHORT_CONTEXT);
  const sizes = engine.call('sizes');
  const [weightBytes, workspaceBytes, blockBytes, multiplied] = sizes.steps as [number, number, number, number];
  const decode = parts(engine, 1);
  const prefill = parts(engine, 8);
  const at: AtPosition[] = [];
  for (const position of positions) {
    const loaded = position + ROOM <= SHORT_CONTEXT ? { byteCache: false } : load(engine, position + ROOM);
    if (!loaded) continue;
    engine.call('open', 32);
    finish(engine, 'ingest');
    if (engine.call('pretend', position).status !== 0) throw new Error(`no room for ${position} positions`);
    // The state after an earlier call: everything is evaluated, and the next token is known.
    finish(engine, 'evaluate');
    engine.call('append', 1);
    const { status, steps, pages } = engine.call('generate', CALL);
    at.push({
      position,
      tokensPerCall: status,
      instructionsPerToken: Math.round(steps[0]! / Math.max(1, status)),
      pages: { read: pages.heapAccessed, written: pages.heapWritten },
      weightBytes: engine.call('sizes').steps[0]!,
      ...loaded,
    });
  }
  return {
    parameters: sizes.status,
    multiplied,
    weightBytes,
    workspaceBytes,
    blockBytes,
    decode,
    prefill,
    positions: at,
  };
}
