import { LlamaError } from '@llama-canister/client';
import type { ApiKey, Gateway, GatewayOptions, LogLine, Places } from '@llama-canister/gateway';
import type { Command } from 'commander';
import { parseWhole } from '../amounts.js';
import { howToLoad } from '../chat/ready.js';
import { type Context, DEFAULT_CANISTER } from '../context.js';
import { UsageError } from '../failure.js';
import { version } from '../packages.js';
import type { Run } from '../run.js';
import { backendOf, modelsOf } from '../serve/backend.js';
import { ended, listening } from '../serve/listening.js';
import { canistersForPage } from '../web/canisters.js';
import { pageFiles } from '../web/page-files.js';

const USUAL_PORT = 8080;
/** Milliseconds, after a signal to end, for cancelling open answers in the canister and telling their clients. */
const GRACE_MS = 10_000;

interface ServeOptions {
  port: string;
  host: string;
  keyFile?: string;
  addKey?: string;
  withoutKeys?: boolean;
  allowHost: string[];
  allowOrigin: string[];
  name?: string;
  anyModel?: boolean;
  logPrompts?: boolean;
  state?: string;
  keepConversations?: boolean;
}

const isOwn = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\./.test(host);

/** Refuses to let everybody on a network spend the identity's cycles, unless that was asked for. */
function checkOpen({ host, keyFile, withoutKeys }: ServeOptions): void {
  if (isOwn(host) || keyFile !== undefined || withoutKeys) return;
  throw new UsageError(
    `on ${host} everybody who can reach it could use this identity and its cycles`,
    'Give --key-file FILE, or --without-keys if that is what you want.',
  );
}

/** Before anything is asked of a canister: what can be nobody's origin would let nobody in, without a word. */
async function placesOf({ host, allowHost, allowOrigin }: ServeOptions): Promise<Places> {
  const { checkPlaces, Refusal } = await import('@llama-canister/gateway');
  const given: [string, Places][] = [
    ['--allow-host', { hosts: allowHost, origins: [] }],
    ['--allow-origin', { hosts: [], origins: allowOrigin }],
  ];
  for (const [flag, places] of given) {
    try {
      checkPlaces(places);
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause;
      throw new UsageError(cause.message.replace(/^\w+:/, `${flag}`));
    }
  }
  return {
    hosts: [...allowHost, ...(isOwn(host) ? [] : [(host.includes(':') ? `[${host}]` : host).toLowerCase()])],
    origins: allowOrigin,
  };
}

async function keysOf({ keyFile }: ServeOptions): Promise<ApiKey[]> {
  if (keyFile === undefined) return [];
  const { readKeyFile } = await import('../serve/key-file.js');
  const keys = readKeyFile(keyFile);
  if (keys.length > 0) return keys;
  throw new LlamaError('input', 'BAD_KEY_FILE', `${keyFile} has no key, so nobody could use the gateway`, {
    value: keyFile,
    next: `Make one: \`llama-canister serve --key-file ${keyFile} --add-key NAME\``,
  });
}

async function addKey(context: Context, { keyFile, addKey: name = '' }: ServeOptions): Promise<void> {
  if (keyFile === undefined) throw new UsageError('--add-key needs --key-file', 'Give the file for the keys.');
  const keys = await import('../serve/key-file.js');
  const key = keys.addKey(keyFile, name);
  context.output.result({ name, key, keyFile }, key);
  // stdout has the key alone, for programs.
  context.output.note(`This is the key "${name}". It is shown once: ${keyFile} has only its hash.`);
}

function logged(line: LogLine, json: boolean): string {
  if (json) return JSON.stringify(line);
  const { time, key, method, path, status, ms, error, prompt } = line;
  const why = error === undefined ? '' : ` ${error}`;
  return `${time} ${key || '-'} ${method} ${path} ${status} ${ms} ms${why}${prompt === undefined ? '' : `\n${prompt}`}`;
}

/** Errors: where the folder of its state cannot be written. */
function created(createGateway: (options: GatewayOptions) => Gateway, options: GatewayOptions): Gateway {
  try {
    return createGateway(options);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).syscall === undefined) throw cause;
    throw new LlamaError('input', 'CANNOT_WRITE', `${options.state}: ${(cause as Error).message}`, {
      value: options.state,
      next: 'Give --state a folder that this user can write.',
      cause,
    });
  }
}

async function serve(context: Context, names: readonly string[], options: ServeOptions): Promise<void> {
  const { output, signal } = context;
  if (options.addKey !== undefined) return addKey(context, options);
  if (options.keepConversations && options.state === undefined) {
    throw new UsageError('--keep-conversations needs --state', 'Give the folder for them.');
  }
  const port = parseWhole(options.port, '--port', 0, 65_535);
  checkOpen(options);
  const places = await placesOf(options);
  const keys = await keysOf(options);
  const { createGateway } = await import('@llama-canister/gateway');
  // Calls to the canister are needed after the signal, to cancel open answers.
  const connection = await context.connect({ untilInterrupted: false });
  const ids = (names.length === 0 ? [DEFAULT_CANISTER] : names).map((each) => connection.idOf(each));
  const backend = await backendOf(connection, [...new Set(ids)], options.name);
  const models = await modelsOf(backend);
  const gateway = created(createGateway, {
    backend,
    keys,
    anyModel: options.anyModel === true,
    places,
    state: options.state,
    keepConversations: options.keepConversations === true,
    version: version(),
    pages: pageFiles(canistersForPage(connection, ids)),
    logPrompts: options.logPrompts === true,
    log: (line) => output.stderr.write(`${logged(line, output.json)}\n`),
  });
  const server = await listening(gateway, options.host, port);
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  const url = `http://${host}:${server.port}`;
  const known = models.map(({ id }) => id).filter((id) => id !== '');
  for (const { ready, reason } of models) if (!ready) output.note(`A canister cannot answer yet: ${reason}`);
  if (ids.length === 1 && models.some(({ ready }) => !ready)) {
    // Serves even if this cannot be determined.
    const next = await howToLoad(connection.open(ids[0]!), signal).catch(() => undefined);
    if (next !== undefined) output.note(next);
  }
  for (const { canister, up, reason } of backend.members?.() ?? []) {
    if (!up) output.note(`${canister} does not answer, and is skipped until it does: ${reason}`);
  }
  const before = ids.length === 1 ? `canister ${ids[0]}` : `${ids.length} canisters`;
  output.result(
    { url, canisters: ids, models: known, ready: models.some(({ ready }) => ready), keys: keys.length },
    [
      `The gateway listens at ${url}, in front of ${before}${known.length > 0 ? ` with ${known.join(', ')}` : ''}.`,
      `  OpenAI     ${url}/v1`,
      `  Anthropic  ${url}`,
      `  Ollama     ${url}`,
      `  MCP        ${url}/mcp`,
      `  the page   ${url}/, in a browser`,
      keys.length > 0 ? `Clients need a key of ${options.keyFile}.` : 'No key is needed.',
      'Ctrl-C stops it.',
    ].join('\n'),
  );
  context.allowGrace(GRACE_MS + 2_000);
  await ended(signal);
  const isKept = options.state !== undefined;
  const under = isKept ? 'streams go on in the canister, and can be continued' : 'unfinished answers are cancelled';
  output.note(`Ending: ${under}; Ctrl-C ends at once.`);
  const closed = server.close(isKept ? 0 : GRACE_MS);
  // Immediately, so that no open answer is left in the canister.
  gateway.close();
  await closed;
  throw new LlamaError('aborted', 'ABORTED', 'interrupted');
}

const several = (value: string, before: string[]) => [...before, value];

export function serveCommand(program: Command, run: Run): void {
  program
    .command('serve')
    .description("serve the canister's model to programs for OpenAI's, Anthropic's or Ollama's interface")
    .argument(
      '[canisters...]',
      `names or ids; several with the same model share the work (default: ${DEFAULT_CANISTER})`,
    )
    .option('--port <n>', 'port to listen on; 0 chooses a free one', String(USUAL_PORT))
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--key-file <file>', 'file with the hashes and limits of accepted API keys')
    .option('--add-key <name>', 'make a key, add its hash to the key file, print the key, and exit')
    .option('--without-keys', 'accept everybody without a key, on an address that other machines can reach')
    .option('--allow-host <name>', 'another host name for it, "*" for any; can be given several times', several, [])
    .option(
      '--allow-origin <origin>',
      'origin whose pages may use it, "*" for any; can be given several times',
      several,
      [],
    )
    .option('--name <name>', 'name of the model for clients (default: its file without .gguf)')
    .option('--any-model', 'accept any model name that clients send')
    .option('--state <folder>', 'folder that lets clients continue streams after serve was restarted')
    .option(
      '--keep-conversations',
      'store conversations in that folder, too, so that stored responses can be continued',
    )
    .option('--log-prompts', 'log prompts, too')
    .addHelpText(
      'after',
      '\nExamples:\n  llama-canister serve\n  llama-canister serve --port 11434 --any-model\n  llama-canister serve first second third\n  llama-canister serve --key-file keys.json --add-key bot\n  llama-canister serve --host 0.0.0.0 --key-file keys.json --allow-host llm.example.org\n\nFor each request it logs time, key, method, path, status and milliseconds, on stderr.',
    )
    .action(run((context, names: string[], options: ServeOptions) => serve(context, names, options)));
}
