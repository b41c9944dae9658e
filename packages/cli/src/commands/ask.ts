import {
  type Answer,
  type AnswerResult,
  type ChatMessage,
  type LlamaClient,
  LlamaError,
  openLlama,
  type Thinking,
} from '@llama-canister/client';
import type { Command } from 'commander';
import { formatCycles, parseWhole } from '../amounts.js';
import { addModelFlags, generationOptions, type ModelFlags } from '../chat/flags.js';
import { LAST, LEAVE_MS, readOnLater, takeLeave } from '../chat/leave.js';
import { checkReady, explained } from '../chat/ready.js';
import { type Context, DEFAULT_CANISTER } from '../context.js';
import { UsageError } from '../failure.js';
import { oneText } from '../one-text.js';
import type { Output } from '../output.js';
import type { Run } from '../run.js';

interface AskFlags extends ModelFlags {
  canister: string;
  system?: string;
  raw?: boolean;
  thinking?: string;
  effort?: string;
  session?: string;
  keep?: boolean;
  certified?: boolean;
  attach?: string;
  from?: string;
}

function checkFlags(given: string | undefined, { attach, from, raw, system }: AskFlags): void {
  if (attach === undefined && from !== undefined) throw new UsageError('--from goes with --attach');
  if (attach === undefined && (given ?? '').trim() === '') {
    throw new UsageError('there is no question', 'Give it in quotes: `llama-canister ask "Who are you?"`');
  }
  if (attach !== undefined && given !== undefined) {
    throw new UsageError('--attach reads an earlier answer and takes no question', 'Leave out the text.');
  }
  if (attach !== undefined && attach !== LAST && !/^\d{1,20}$/.test(attach)) {
    throw new UsageError(`--attach takes the number of an answer, or "${LAST}", not "${attach}"`);
  }
  if (from !== undefined) parseWhole(from, '--from', 0, Number.MAX_SAFE_INTEGER);
  if (raw && system !== undefined) throw new UsageError('--raw has no system message', 'Give one of them.');
}

/** The flags about thoughts; undefined: the model thinks as its chat template says. */
function thinkingOf({ thinking, effort }: AskFlags): Thinking | undefined {
  if (thinking === undefined && effort === undefined) return undefined;
  if (thinking === undefined) return { effort };
  if (thinking === 'on' || thinking === 'off') return { enabled: thinking === 'on', effort };
  if (!/^\d+$/.test(thinking)) throw new UsageError('--thinking takes on, off, or a number of tokens');
  return { maxTokens: parseWhole(thinking, '--thinking', 0, 0xffff_ffff), effort };
}

/** The number of an answer as --attach has it. Errors: `NO_SUCH_GENERATION` where the caller has none. */
async function numberOf(llama: LlamaClient, attach: string, signal: AbortSignal): Promise<string> {
  if (attach !== LAST) return attach;
  const [newest] = await llama.generations.list({ certified: true, signal });
  if (newest) return newest.id.toString();
  throw new LlamaError('refused', 'NO_SUCH_GENERATION', 'you have no answers on this canister', {
    next: 'Ask for one: `llama-canister ask "Who are you?"`',
  });
}

/** Says of an answer that is not there how the others are listed. */
function withJobs(error: unknown): unknown {
  if (!(error instanceof LlamaError) || error.code !== 'NO_SUCH_GENERATION') return error;
  const { kind, code, message, value } = error;
  const next = 'An answer is for who began it. See which are yours: `llama-canister jobs`';
  return new LlamaError(kind, code, message, { value, next, cause: error });
}

/** Starts the answer that the flags describe. */
function begin(context: Context, llama: LlamaClient, given: string, flags: AskFlags): Answer {
  const { signal } = context;
  const { attach, from, certified, keep } = flags;
  if (attach !== undefined) {
    const position = from === undefined ? 0 : parseWhole(from, '--from', 0, Number.MAX_SAFE_INTEGER);
    return llama.attach(attach, { from: position, certified, signal });
  }
  const { session, system } = flags;
  const options = {
    ...generationOptions(flags, context.passthrough),
    ...{ session, certified, keep, signal },
    thinking: thinkingOf(flags),
  };
  if (flags.raw) return llama.complete(given, options);
  const messages: ChatMessage[] = system === undefined ? [] : [{ role: 'system', content: system }];
  return llama.chat([...messages, { role: 'user', content: given }], options);
}

/** Prints an answer as it comes, and its thoughts to stderr. */
async function print(answer: Answer, output: Output): Promise<AnswerResult> {
  let waiting = '';
  for await (const delta of answer) {
    if (delta.type === 'text') output.write(delta.text);
    else if (delta.type === 'thinking' && !output.json) output.stderr.write(output.errorColors.dim(delta.text));
    else if (delta.type === 'tool-call') output.note(output.errorColors.dim(`It calls ${delta.name}.`));
    else if (delta.type === 'progress') {
      const why = delta.reason ?? (delta.place > 0 ? `${delta.place} answers are first` : '');
      if (why !== '' && why !== waiting) output.note(output.errorColors.dim(`Waiting: ${why}`));
      waiting = why;
    }
  }
  return answer.result();
}

function statsLine({ usage, reason }: AnswerResult, seconds: number): string {
  const { generatedTokens, promptTokens, cachedTokens, cycles, price } = usage;
  const cached = cachedTokens > 0 ? `, ${cachedTokens} of them evaluated before` : '';
  const spent = cycles > 0n ? `, ${formatCycles(cycles)} cycles of the canister's` : '';
  const paid = price > 0n ? `, ${formatCycles(price)} of yours` : '';
  const why = reason === 'end' ? '' : ` (${reason})`;
  return `${generatedTokens} tokens in ${seconds.toFixed(1)} s${why}, prompt ${promptTokens}${cached}${spent}${paid}`;
}

async function ask(context: Context, given: string | undefined, flags: AskFlags): Promise<void> {
  const { output, signal } = context;
  checkFlags(given, flags);
  // After Ctrl-C, the cancellation still has to be sent.
  const connection = await context.connect({ untilInterrupted: false });
  const llama = openLlama(connection.agent, connection.idOf(flags.canister));
  if (flags.attach === undefined) await checkReady(llama.canister, signal);
  else flags.attach = await numberOf(llama, flags.attach, signal);
  context.allowGrace(LEAVE_MS);
  const started = performance.now();
  const answer = begin(context, llama, given ?? '', flags);
  const kept = (flags.keep ?? false) || flags.attach !== undefined;
  try {
    const result = await print(answer, output);
    output.line();
    const seconds = (performance.now() - started) / 1000;
    const { certificates } = answer;
    const signed = certificates.map(({ method, requestId }) => ({ method, request: hex(requestId) }));
    if (output.json) output.printJson({ id: await answer.id, position: answer.position, ...result, seconds, signed });
    else output.note(output.errorColors.dim(statsLine(result, seconds)));
  } catch (cause) {
    if (signal.aborted) await takeLeave(answer, kept, output);
    const error = explained(await readOnLater(withJobs(cause), answer, kept), undefined, flags.session);
    if (signal.aborted) {
      if (error instanceof LlamaError && error.next !== undefined && !output.json) output.note(error.next);
    }
    throw error;
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

export function askCommand(program: Command, run: Run): void {
  const command = program
    .command('ask')
    .description('let the canister answer by itself, and print the answer as it grows; it survives a lost connection')
    .argument('[prompt...]', 'what to ask, in quotes')
    .option('--canister <canister>', 'name or id', DEFAULT_CANISTER)
    .option('--system <text>', 'system message for the model')
    .option('--raw', 'continue the text as it is, without a chat template')
    .option('--thinking <how>', 'on, off, or the most tokens of thoughts before the answer')
    .option('--effort <word>', "how much the model thinks, in the chat template's words: low, medium, high")
    .option('--session <name>', 'session of the caller to continue (default: none)')
    .option('--keep', 'let the canister finish the answer when this command is stopped')
    .option('--certified', 'have the subnet sign the whole answer at its end')
    .option('--attach <id>', 'read an earlier answer; `last` is the newest')
    .option('--from <position>', 'position at which --attach begins (default: 0)');
  addModelFlags(command)
    .addHelpText(
      'after',
      `
Examples:
  llama-canister ask "Who are you?" --temp 0
  llama-canister ask "Tell me a long story." --keep
  llama-canister ask --attach 7 --from 1`,
    )
    .action(run((context, words: string[], flags: AskFlags) => ask(context, oneText(context, 'ask', words), flags)));
}
