import { basename } from 'node:path';
import { Ed25519KeyIdentity } from '@icp-sdk/core/identity';
import {
  CHUNK_BYTES,
  Chat,
  chatFormat,
  checkGguf,
  connect,
  installCode,
  type LlamaCanister,
  LlamaError,
  load,
  modelCard,
  modelCost,
  openCanister,
  provisionalCreate,
  upload,
} from '@llama-canister/client';
import { openFile, sha256 } from '@llama-canister/client/node';
import type { Network } from '@llama-canister/network';
import type { Command } from 'commander';
import { formatBytes, formatCycles } from '../amounts.js';
import { addModelFlags, type ModelFlags, modelArguments } from '../chat/flags.js';
import { takeTurn } from '../chat/turn.js';
import type { Context } from '../context.js';
import { Spending } from '../demo/spending.js';
import { WASM_MEMORY_LIMIT } from '../deploy/creation.js';
import { UsageError } from '../failure.js';
import { oneText } from '../one-text.js';
import type { Output } from '../output.js';
import { llamaWasm, ownModel } from '../packages.js';
import { Waiting } from '../progress.js';
import type { Run } from '../run.js';
import { ended } from '../serve/listening.js';
import { shellWord } from '../shell-word.js';
import { UploadBars } from '../upload-bars.js';
import { ownPage } from '../web/address.js';
import { showPage } from '../web/browser.js';
import { refuseUnlessRuns } from './inspect.js';

interface DemoFlags extends ModelFlags {
  model?: string;
  prompt?: string;
  system?: string;
  web?: boolean;
}

const OWN_PROMPT = 'What is a canister?';
const STORY_PROMPT = 'Once upon a time';
const MOST_TOKENS = 200;
/** Instructions per call, so that the answer of a larger model comes in pieces. */
const PACE = 2_000_000_000;
const SPARE_CYCLES = 10_000_000_000_000n;

async function uploadModel(
  canister: LlamaCanister,
  path: string,
  output: Output,
  signal: AbortSignal,
): Promise<string> {
  const name = basename(path);
  const source = await openFile(path);
  const bars = new UploadBars(output, name, '  ');
  try {
    await upload(canister, name, source, { sha256, signal, onProgress: (progress) => bars.update(progress) });
  } finally {
    bars.end();
    await source.close();
  }
  return name;
}

/** Runs everything once on a local network inside this process, which ends with it. */
async function demo(context: Context, flags: DemoFlags): Promise<void> {
  const path = flags.model ?? ownModel();
  const source = await openFile(path);
  const header = await checkGguf(source).finally(() => source.close());
  refuseUnlessRuns(path, `Look at it: \`llama-canister inspect ${shellWord(path)}\``);
  const wasm = llamaWasm();
  // Imported here, because no other command needs it.
  const { Network: LocalNetwork, pageAccessCost } = await import('@llama-canister/network');
  const network = await LocalNetwork.start();
  try {
    await round(context, flags, network, new Spending(network, pageAccessCost), {
      path,
      size: source.size,
      card: modelCard(header),
      wasm,
    });
  } finally {
    await network.stop();
  }
}

async function round(
  context: Context,
  flags: DemoFlags,
  network: Network,
  spending: Spending,
  model: { path: string; size: number; card: ReturnType<typeof modelCard>; wasm: Uint8Array },
): Promise<void> {
  const { output, signal } = context;
  const { bold, dim } = output.errorColors;
  const { card, size, wasm } = model;
  output.note(`${bold('Network')}   a local Internet Computer in this process, ${network.url}`);

  const identity = Ed25519KeyIdentity.generate();
  const agent = await connect({ host: network.url, rootKey: network.rootKey, identity, signal });
  const cycles = SPARE_CYCLES + modelCost(size, size, CHUNK_BYTES).total;
  const settings = { controllers: [identity.getPrincipal().toText()], wasmMemoryLimit: WASM_MEMORY_LIMIT };
  const id = await provisionalCreate(agent, { cycles, settings, signal });
  await installCode(agent, id, wasm, { mode: 'install', signal });
  output.note(`${bold('Canister')}  ${id}, ${formatBytes(wasm.length)} of WebAssembly, ${formatCycles(cycles)} cycles`);

  const canister = openCanister(agent, id);
  const parameters = formatCycles(BigInt(card.parameters));
  output.note(
    `${bold('Model')}     ${card.name} (${card.architecture}, ${parameters} parameters, ${formatBytes(size)})`,
  );
  const name = await uploadModel(canister, model.path, output, signal);
  const waiting = new Waiting(output, '  Loading');
  await load(canister, name, { signal }).finally(() => waiting.end());

  if (flags.web) return show(context, network, canister);

  const format = chatFormat(card);
  const chat = new Chat(canister, {
    format,
    session: 'demo',
    system: flags.system,
    args: modelArguments({ temp: 0, ...flags }),
    stop: flags.reversePrompt ?? [],
    maxTokens: flags.nPredict === undefined ? MOST_TOKENS : flags.nPredict < 1 ? undefined : flags.nPredict,
    pace: PACE,
    onReply: (reply) => spending.note(reply),
  });
  const prompt = flags.prompt ?? (format.origin === 'plain' ? STORY_PROMPT : OWN_PROMPT);
  output.note(`\n${bold('>')} ${prompt}`);
  const summary = await takeTurn(chat, output, prompt, signal);
  const cost = spending.sum();
  if (output.json) output.printJson({ ...summary, canister: id, model: name, ...cost });
  output.note(`\n${dim(spending.sentence(summary, card.contextLength))}`);
  output.note(`
Try next:
  another question, with --model FILE.gguf to a model of your own: \`llama-canister demo "Tell me a story."\`
  a network that stays, for deploy, upload, load and chat: \`llama-canister network start\``);
}

/** The page that the canister serves, for as long as the network is there: until Ctrl-C. */
async function show({ output, signal }: Context, network: Network, canister: LlamaCanister): Promise<void> {
  // Whoever opens the page has a key of its own, and this network is on this machine alone.
  await canister.setAccess(1);
  const id = canister.canisterId;
  const url = ownPage({ network: { name: 'demo', url: network.url, mainnet: false, rootKey: network.rootKey } }, id);
  output.result(
    { url, canister: id },
    `The page is at ${url}\nCtrl-C stops it, and deletes the network with everything on it.`,
  );
  if (url !== undefined && !output.json) await showPage(output, url);
  await ended(signal);
  throw new LlamaError('aborted', 'ABORTED', 'interrupted');
}

export function demoCommand(program: Command, run: Run): void {
  const command = program
    .command('demo')
    .description('run everything once on a network inside this process: install, upload, load, ask')
    .argument('[prompt...]', 'what to ask, in quotes (default: a question that the model knows)')
    .option('--model <file>', 'a GGUF model (default: tiny-chat, which is included)')
    .option('--prompt <text>', 'the same')
    .option('--system <text>', 'system message for the model')
    .option('--web', 'open the chat page instead, and stay until Ctrl-C');
  addModelFlags(command)
    .addHelpText(
      'after',
      '\nExamples:\n  llama-canister demo\n  llama-canister demo "What are cycles?"\n  llama-canister demo --model model.gguf --prompt "Who are you?"\n  llama-canister demo --web',
    )
    .action(
      run(async (context, words: string[], flags: DemoFlags) => {
        const prompt = oneText(context, 'demo', words);
        if (flags.web && (prompt ?? flags.prompt) !== undefined)
          throw new UsageError('--web takes no prompt', 'Leave out the prompt, and type it in the page.');
        if (prompt === undefined) return demo(context, flags);
        if (flags.prompt !== undefined)
          throw new UsageError('two prompts were given', 'Give one: "..." or --prompt "..."');
        return demo(context, { ...flags, prompt });
      }),
    );
}
