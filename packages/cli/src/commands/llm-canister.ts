// `network start --llm-canister`: puts our canister in the place of the one that the libraries `llm` (Motoko) and
// `ic-llm` (Rust) call, so that developers of such canisters have one on their machines.
import { basename } from 'node:path';
import {
  type CanisterStatus,
  canisterStatus,
  checkGguf,
  installCode,
  type LlamaCanister,
  LlamaError,
  moduleHash,
  openCanister,
  provisionalCreate,
  provisionalTopUp,
  startCanister,
  type UploadResult,
  updateSettings,
  upload,
} from '@llama-canister/client';
import { openFile, sha256 } from '@llama-canister/client/node';
import { type Connection, Context } from '../context.js';
import { WASM_MEMORY_LIMIT } from '../deploy/creation.js';
import { modelFiles } from '../inspect/model-files.js';
import { llamaWasm, ownModel } from '../packages.js';
import { Waiting } from '../progress.js';
import { shellWord } from '../shell-word.js';
import { UploadBars } from '../upload-bars.js';
import { refuseUnlessRuns } from './inspect.js';
import { loadFitting } from './load.js';

/** Its id on the Internet Computer, which the libraries use by default. */
export const LLM_CANISTER = 'w36hm-eqaaa-aaaal-qr76a-cai';

/** Cycles are free here: enough for any model, and more if fewer are left than loading one takes. */
const CYCLES = 100_000_000_000_000n;
const FEW_CYCLES = 10_000_000_000_000n;

/** Everyone but the anonymous caller. */
const EVERYONE = 1;

interface Model {
  path: string;
  /** The model's files; a split model has several. */
  files: string[];
  wasm: Uint8Array;
}

/** Checks a model and the canister's program before anything is started. `true` is the included model. */
export async function openModel(given: string | true): Promise<Model> {
  const path = given === true ? ownModel() : given;
  const files = modelFiles(path);
  const source = await openFile(path);
  try {
    // Parts of a split model are complete only together.
    if (files.length === 1) await checkGguf(source);
  } finally {
    await source.close();
  }
  refuseUnlessRuns(path, 'Give another model: `llama-canister network start --llm-canister FILE.gguf`');
  return { path, files, wasm: llamaWasm() };
}

async function existing(agent: Connection['agent'], signal: AbortSignal): Promise<CanisterStatus | undefined> {
  try {
    return await canisterStatus(agent, LLM_CANISTER, signal);
  } catch (error) {
    if (error instanceof LlamaError && error.code === 'CANISTER_NOT_FOUND') return undefined;
    if (!(error instanceof LlamaError) || error.code !== 'NOT_CONTROLLER') throw error;
    const message = `canister ${LLM_CANISTER} of this network belongs to another identity`;
    throw new LlamaError('refused', 'NOT_CONTROLLER', message, {
      value: LLM_CANISTER,
      next: 'Use that identity (--identity), or start over: `llama-canister network start --reset --llm-canister`',
      cause: error,
    });
  }
}

/** Ensures that the canister exists, runs our program and has cycles. Returns what was done. */
async function provide(context: Context, { agent }: Connection, owner: string, wasm: Uint8Array) {
  const { output, signal } = context;
  const found = await existing(agent, signal);
  if (!found) {
    const settings = { controllers: [owner], wasmMemoryLimit: WASM_MEMORY_LIMIT };
    await provisionalCreate(agent, { canisterId: LLM_CANISTER, cycles: CYCLES, settings, signal });
  } else {
    if (found.spendable < FEW_CYCLES) await provisionalTopUp(agent, LLM_CANISTER, CYCLES, signal);
    if (found.wasmMemoryLimit !== 0n && found.wasmMemoryLimit < WASM_MEMORY_LIMIT) {
      await updateSettings(agent, LLM_CANISTER, { wasmMemoryLimit: WASM_MEMORY_LIMIT }, signal);
    }
  }
  if (found?.moduleHash === (await moduleHash(wasm))) {
    if (found.status !== 'running') await startCanister(agent, LLM_CANISTER, signal);
    return { created: false, mode: 'none' };
  }
  const mode = found?.moduleHash === undefined ? 'install' : 'upgrade';
  const waiting = new Waiting(output, 'Installing the LLM canister');
  await installCode(agent, LLM_CANISTER, wasm, { mode, signal }).finally(() => waiting.end());
  return { created: !found, mode };
}

async function send(context: Context, canister: LlamaCanister, path: string): Promise<UploadResult> {
  const { output, signal } = context;
  const source = await openFile(path);
  const bars = new UploadBars(output, basename(path));
  try {
    return await upload(canister, basename(path), source, {
      sha256,
      signal,
      onProgress: (progress) => bars.update(progress),
    });
  } finally {
    bars.end();
    await source.close();
  }
}

/** Uploads and loads the file unless it is loaded already. */
async function answerWith(context: Context, canister: LlamaCanister, { name, sha256: hash }: UploadResult) {
  const { output, signal } = context;
  const info = await canister.modelInfo({ signal });
  const isLoaded = info?.filename === name && info.filesha256 === hash;
  if (isLoaded && (await canister.ready({ signal })).ready) return info;
  const waiting = new Waiting(output, `Loading ${name}`);
  const onProgress = (says: string) => {
    waiting.label = `Loading ${name}: ${says}`;
  };
  await loadFitting(canister, name, { args: [], isSized: false, signal, onProgress }).finally(() => waiting.end());
  return canister.modelInfo({ signal });
}

/** Puts the LLM canister on a running local network, or does what is missing. */
export async function llmCanister(context: Context, network: string, model: Model) {
  const { output, signal, options, typed } = context;
  const there = new Context(output, signal, { ...options, network }, [], typed);
  const connection = await there.connect();
  const done = await provide(there, connection, await connection.principal(), model.wasm);
  const canister = openCanister(connection.agent, LLM_CANISTER);
  // Other canisters are not controllers, so without this they would be refused.
  await canister.setAccess(EVERYONE, { signal });
  const sent: UploadResult[] = [];
  for (const path of model.files) sent.push(await send(there, canister, path));
  const info = await answerWith(there, canister, sent[0]!);
  const { name } = sent[0]!;
  const at = network === 'local' ? '' : ` --network ${network}`;
  return {
    result: {
      llmCanister: { canister: LLM_CANISTER, model: name, ...(info ? { context: Number(info.context) } : {}), ...done },
    },
    says: `Canisters that call the LLM canister ${LLM_CANISTER} are answered by ${name} there.\nTry it: \`llama-canister chat --canister ${LLM_CANISTER}${at} ${shellWord('Who are you?')}\``,
  };
}
