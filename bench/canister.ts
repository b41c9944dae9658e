/**
 * Measures the canister itself with a model: upload, load_model, run_update and run_query, in whole metered messages.
 */
import { Llama } from '../canister/test/llama.js';
import { SHORT_CONTEXT } from './engine-parts.js';
import { Unmeasurable } from './model-file.js';
import { promptOf } from './text.js';

export interface CanisterMeasurement {
  fileBytes: number;
  uploadPerByte: number;
  /** Instructions of load_model and of the timer messages that continue it, per byte of the file. */
  loadPerByte: number;
  loadMessages: number;
  /** Tokens in the session when the following calls begin. */
  position: number;
  /** Instructions per token of a call that only evaluated a prompt. */
  prefillPerToken: number;
  /** Tokens that one run_update evaluated and sampled after the prompt and its first token. */
  tokensPerUpdate: number;
  /** Instructions of the call, divided by these tokens. */
  instructionsPerToken: number;
  /** Tokens that one run_query generated. */
  tokensPerQuery: number;
}

const FILE = 'models/bench.gguf';
const CHUNK = 1_900_000;
const POSITION = 128;

function* chunksOf(pieces: Iterable<Uint8Array>): Generator<Uint8Array> {
  let buffer = new Uint8Array(CHUNK);
  let held = 0;
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; ) {
      const part = piece.subarray(at, at + CHUNK - held);
      buffer.set(part, held);
      held += part.length;
      at += part.length;
      if (held < CHUNK) continue;
      yield buffer;
      buffer = new Uint8Array(CHUNK);
      held = 0;
    }
  }
  if (held > 0) yield buffer.subarray(0, held);
}

/** Loads the model: instructions of each message. */
function load(llama: Llama): number[] {
  const loaded = llama.command('load_model', ['--model', FILE, '--ctx-size', String(SHORT_CONTEXT)]);
  if ('Err' in loaded) throw new Unmeasurable(loaded.Err.error);
  const messages = [llama.spent.instructions];
  while (llama.canister.environment.globalTimer !== 0n) {
    const { result, instructions } = llama.canister.timer({ time: llama.time });
    if (result.kind === 'error') throw new Error(JSON.stringify(result));
    messages.push(instructions);
  }
  return messages;
}

/** Measures a model file, given in pieces. */
export async function measureCanister(pieces: Iterable<Uint8Array>): Promise<CanisterMeasurement> {
  const llama = await Llama.install();
  let fileBytes = 0;
  let uploaded = 0;
  for (const chunk of chunksOf(pieces)) {
    const input = { filename: FILE, chunk, chunksize: BigInt(CHUNK), offset: BigInt(fileBytes) };
    const result = llama.call('file_upload_chunk', input) as object;
    if ('Err' in result) throw new Unmeasurable(JSON.stringify(result.Err));
    fileBytes += chunk.length;
    uploaded += llama.spent.instructions;
  }
  const loading = load(llama);
  const flags = ['--prompt-cache', 'bench.cache', '--prompt-cache-all', '--temp', '0', '--ignore-eos'];
  const run = (count: number, prompt: string) => {
    const result = llama.command('run_update', [...flags, '-n', String(count), '-p', prompt]);
    if ('Err' in result) throw new Unmeasurable(result.Err.error);
    const output = result.Ok;
    return { output, instructions: llama.spent.instructions, tokens: Number(output.n_tokens_generated[0] ?? 0n) };
  };
  const prompt = promptOf(POSITION);
  let ingested = 0;
  let prefill = 0;
  for (;;) {
    const { output, instructions } = run(0, prompt);
    const decoded = Number(output.n_prompt_tokens_decoded[0] ?? 0n);
    ingested += decoded;
    prefill += instructions;
    if (output.prompt_remaining === '') break;
    if (decoded === 0) throw new Error('the prompt does not go on');
  }
  // An error if not even one token fits.
  const query = llama.command('run_query', [...flags, '-n', '4096', '-p', prompt]);
  const onwards = (count: number) => {
    run(1, prompt);
    return run(count, '');
  };
  const leftOne = () => {
    const info = llama.call('session_info', { promptcache: 'bench.cache' }) as { Ok?: { pending: boolean } };
    return info.Ok?.pending === true;
  };
  const update = onwards(4096);
  // The same call without the token that was begun and not finished.
  let clean = update;
  for (let tokens = update.tokens; tokens > 0; tokens--) {
    clean = onwards(tokens + 1);
    if (clean.tokens === tokens && leftOne()) break;
  }
  return {
    fileBytes,
    uploadPerByte: uploaded / fileBytes,
    loadPerByte: loading.reduce((a, b) => a + b) / fileBytes,
    loadMessages: loading.length,
    position: ingested,
    prefillPerToken: Math.round(prefill / ingested),
    tokensPerUpdate: update.tokens,
    instructionsPerToken: Math.round(clean.instructions / Math.max(1, clean.tokens)),
    tokensPerQuery: 'Ok' in query ? Number(query.Ok.n_tokens_generated[0] ?? 0n) : 0,
  };
}
