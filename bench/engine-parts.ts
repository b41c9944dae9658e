/**
 * What a token costs by part and by position: the engine in a bare metered canister, where a history can be made up instead
 * of being evaluated. The counts do not depend on what the keys and values are.
 */
import { MeteredEngine } from '../canister/test/metered.js';

export interface Parts {
  matrices: number;
  attention: number;
  logits: number;
  sampling: number;
  /** All that is none of these: norms, rope, gates, the cache, the embedding, the engine's own steps. */
  rest: number;
  total: number;
}

export interface AtPosition {
  position: number;
  /** Tokens that one update call which goes on from here evaluates, and samples what follows. */
  tokensPerCall: number;
  /** Of each of these, with the page charges of the call. */
  instructionsPerToken: number;
  /** 64 KiB pages that were first read, and first written, in that call. */
  pages: { read: number; written: number };
  /** Bytes of weights: fewer where they had to be packed to make room for the context. */
  weightBytes: number;
  /** Keys and values as int8, since int16 would not fit. */
  byteCache: boolean;
}

export interface EngineMeasurement {
  parameters: number;
  /** Weights that one token meets: all matrices of the layers, and the output's. */
  multiplied: number;
  weightBytes: number;
  workspaceBytes: number;
  /** Of 32 positions' keys and values. */
  blockBytes: number;
  decode: Parts;
  /** For each of 8 tokens that are evaluated together. */
  prefill: Parts;
  positions: AtPosition[];
}

const SHORT = 128;
/** Instructions of an update call, less those that run_update keeps for its end (canister/assembly/service/runs/run.ts). */
const CALL = 40e9 - 8e6;
/** What models are loaded for if nothing longer is measured, as in the canister. */
export const SHORT_CONTEXT = 5120;
/** Tokens that a call may generate behind a position. */
export const ROOM = 512;
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** Calls a method as often as its work takes. */
function finish(engine: MeteredEngine, method: string): void {
  for (;;) {
    const { status } = engine.call(method);
    if (status === 0) return;
    if (status !== 1) throw new Error(`${method} failed`);
  }
}

/** Loads the model for a longer context, with an int8 cache if need be; undefined if that does not fit either. */
function load(engine: MeteredEngine, context: number): { byteCache: boolean } | undefined {
  for (const byteCache of [false, true]) {
    try {
      engine.load(byteCache ? -context : context);
      return { byteCache };
    } catch {
      // The next one takes less.
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
    // As the call before leaves it: all of this is evaluated, and the token that follows is known.
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
