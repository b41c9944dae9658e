import {
  canisterStatus,
  isLoopback,
  type LlamaCanister,
  LlamaError,
  type ModelInfo,
  openLlama,
} from '@llama-canister/client';
import type { Command } from 'commander';
import { addModelFlags, type ModelFlags } from '../chat/flags.js';
import { findFormat } from '../chat/format.js';
import { converse } from '../chat/interactive.js';
import { LEAVE_MS } from '../chat/leave.js';
import { canAnswerItself, isOwnTemplate, openTalk } from '../chat/open-talk.js';
import { checkReady, explained, fullRemark } from '../chat/ready.js';
import { chooseSession, DEFAULT_SESSION } from '../chat/session-choice.js';
import type { TalkState, TurnSummary } from '../chat/talk.js';
import { catchUp, statsLine, takeTurn } from '../chat/turn.js';
import { type ChatPlace, type SavedChat, saveChat, savedChat } from '../config/chats.js';
import { type Connection, type Context, DEFAULT_CANISTER } from '../context.js';
import { UsageError } from '../failure.js';
import { oneText } from '../one-text.js';
import type { Run } from '../run.js';

interface ChatFlags extends ModelFlags {
  canister: string;
  session?: string;
  system?: string;
  model?: string;
  modelFile?: string;
  raw?: boolean;
  continue?: boolean;
  cost?: boolean;
  /** commander's form of --no-stats. */
  stats: boolean;
}

/** Instructions per call on a local network, where calls cost little extra: the text comes in pieces. */
const LOCAL_PACE = 2_000_000_000;

/** Flags that every call of a conversation sets anew, so they have no effect after `--`. */
const LENGTH_FLAGS: readonly string[] = ['-n', '--predict', '--n-predict'];

async function readStdin(signal: AbortSignal): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of process.stdin) {
    if (signal.aborted) break;
    pieces.push(piece as Buffer);
  }
  return Buffer.concat(pieces).toString().trim();
}

/** The canister's cycles, if the caller controls it. */
async function cyclesOf(connection: Connection, id: string, signal: AbortSignal): Promise<bigint | undefined> {
  try {
    return (await canisterStatus(connection.agent, id, signal)).cycles;
  } catch (error) {
    if (error instanceof LlamaError && error.code === 'NOT_CONTROLLER') return undefined;
    throw error;
  }
}

/** The place under which a conversation is kept. */
async function placeOf(connection: Connection, canister: LlamaCanister, session: string): Promise<ChatPlace> {
  const { network, agent } = connection;
  const rootKey = network.mainnet || !agent.rootKey ? '' : Buffer.from(agent.rootKey).toString('hex');
  const principal = await connection.principal();
  return { network: network.name, rootKey, canister: canister.canisterId, principal, session };
}

/** The session that is named, or one that the model can use. */
function sessionOf(
  canister: LlamaCanister,
  info: ModelInfo | undefined,
  { session }: ChatFlags,
  signal: AbortSignal,
): Promise<{ session: string; remark?: string }> {
  return session === undefined ? chooseSession(canister, info, { signal }) : Promise.resolve({ session });
}

/**
 * The conversation to continue: where no session is named and this model has had none, the one with another model.
 * Errors: `NO_CHAT`.
 */
function earlierChat(place: ChatPlace, named: string | undefined): SavedChat {
  const saved =
    savedChat(place) ?? (named === undefined ? savedChat({ ...place, session: DEFAULT_SESSION }) : undefined);
  if (saved && saved.messages.length > 0) return saved;
  throw new LlamaError('input', 'NO_CHAT', `there is no conversation in session "${place.session}" to go on with`, {
    value: place.session,
    next: 'Conversations are stored by canister, identity and --session. Begin one: `llama-canister chat`',
  });
}

function checkFlags(given: string | undefined, flags: ChatFlags, passthrough: readonly string[]): void {
  const { nPredict } = flags;
  if (nPredict !== undefined && nPredict !== -1 && nPredict < 1) {
    throw new UsageError('-n takes a number of tokens above 0, or -1 for no limit');
  }
  const misplaced = passthrough.find((argument) => LENGTH_FLAGS.includes(argument));
  if (misplaced !== undefined) {
    throw new UsageError(
      `${misplaced} behind -- would be ignored`,
      'Give -n before --: `llama-canister chat -n 100 "Hi"`',
    );
  }
  if (flags.continue && flags.system !== undefined) {
    throw new UsageError('--system begins a conversation, and --continue goes on with one', 'Give one of them.');
  }
  if (given?.trim() === '') throw new UsageError('the prompt is empty');
}

async function chat(context: Context, given: string | undefined, flags: ChatFlags): Promise<void> {
  const { output, signal, passthrough } = context;
  checkFlags(given, flags, passthrough);
  // After Ctrl-C, the cancellation still has to be sent.
  const connection = await context.connect({ untilInterrupted: false });
  const llama = openLlama(connection.agent, connection.idOf(flags.canister));
  const { canister } = llama;
  await checkReady(canister, signal);
  const info = await canister.modelInfo({ signal });
  const known = info ? undefined : connection.canisters.get(flags.canister)?.model;
  const model = flags.model ?? known;
  const { session, remark: other } = await sessionOf(canister, info, flags, signal);
  if (other) output.note(output.errorColors.dim(other));
  const place = await placeOf(connection, canister, session);
  const saved = flags.continue ? earlierChat(place, flags.session) : undefined;
  const raw = flags.raw ?? saved?.raw ?? false;
  const answersItself = await canAnswerItself(llama, passthrough, signal);
  if (answersItself) context.allowGrace(LEAVE_MS);
  const choice = { raw, modelFile: flags.modelFile, model, info };
  // The canister knows the template of its own model.
  const isOwn = answersItself && isOwnTemplate(choice);
  const { format, remark } = isOwn ? {} : await findFormat(canister, choice, { signal });
  if (remark) output.note(output.errorColors.dim(remark));
  const about = { model: info?.filesha256 ?? '', raw };
  const isSame = saved?.model === about.model && saved.raw === raw;
  if (saved) output.note(output.errorColors.dim(goesOn(saved, isSame)));
  // With another model or format, the messages are rendered again.
  const conversation = openTalk(llama, {
    ...{ answersItself, format, flags: { ...flags, session }, passthrough, output },
    state: saved && stateOf(saved, isSame),
    pace: isLoopback(new URL(connection.network.url)) ? LOCAL_PACE : undefined,
  });
  const remarkOn = (summary: TurnSummary, spent?: bigint): string => {
    const lines = flags.stats && !output.json ? [statsLine(summary, spent)] : [];
    if (summary.ending === 'context') lines.push(fullRemark(info));
    const length = summary.promptTokens + summary.generatedTokens;
    if (info && length > info.trained_context) {
      lines.push(
        `These were ${length} tokens; the model was trained with ${info.trained_context} and may be confused.`,
      );
    }
    return lines.join('\n');
  };
  const keep = () => {
    try {
      if (conversation.messages.length > 0) saveChat(place, { ...conversation.state, ...about });
    } catch (error) {
      output.note(`The conversation cannot be continued later: ${error instanceof Error ? error.message : error}`);
    }
  };
  if (given === undefined) {
    await catchUp(conversation, output, signal).finally(keep);
    const remarks = { under: remarkOn, of: (error: unknown) => explained(error, info, session), afterTurn: keep };
    await converse(conversation, output, signal, remarks);
    return;
  }
  const text = given === '-' ? await readStdin(signal) : given;
  if (text.trim() === '') throw new UsageError('the prompt is empty');
  const before = flags.cost && !answersItself ? await cyclesOf(connection, canister.canisterId, signal) : undefined;
  const turn = takeTurn(conversation, output, text, signal).finally(keep);
  const summary = await turn.catch((error: unknown) => {
    throw explained(error, info, session);
  });
  if (summary.ending === 'aborted') throw new LlamaError('aborted', 'ABORTED', 'interrupted');
  const after = before === undefined ? undefined : await cyclesOf(connection, canister.canisterId, signal);
  const { cycles, ...rest } = summary;
  const difference = before === undefined || after === undefined ? undefined : before - after;
  const spent = flags.cost ? (cycles ?? difference) : undefined;
  if (output.json) output.printJson({ ...rest, ...(spent === undefined ? {} : { cycles: spent }) });
  const line = remarkOn(summary, spent);
  if (line !== '') output.note(output.errorColors.dim(line));
}

function stateOf({ messages, sessionText, pending }: SavedChat, isSame: boolean): TalkState {
  return { messages, sessionText: isSame ? sessionText : '', ...(pending === undefined ? {} : { pending }) };
}

function goesOn({ messages }: SavedChat, isSame: boolean): string {
  const said = messages.filter(({ role }) => role === 'user').at(-1)?.content ?? '';
  const start = said.length > 60 ? `${said.slice(0, 59)}…` : said;
  const other = isSame ? '' : ' The model or its format has changed since.';
  return `Going on behind "${start.replaceAll(/\s+/g, ' ')}" (${messages.length} messages).${other}`;
}

export function chatCommand(program: Command, run: Run): void {
  const command = program
    .command('chat')
    .description('ask the model one question, or without a prompt hold a conversation')
    .argument('[prompt...]', 'message, in quotes; - reads it from stdin; without it a conversation begins')
    .option('--canister <canister>', 'name or id', DEFAULT_CANISTER)
    .option('--system <text>', 'system message for the model')
    .option('--raw', 'continue the text as it is, without a chat template')
    .option('--model <name>', "the loaded model's name on the canister, for its chat template")
    .option('--model-file <file>', 'a local copy of the model, for its chat template')
    .option('--session <name>', "the caller's session on the canister (default: chat, or one of the model's own)")
    .option('-c, --continue', 'continue the last conversation of this session')
    .option('--cost', 'print the cost of the answer in cycles (an older canister tells only controllers)')
    .option('--no-stats', 'do not print the statistics of the answer');
  addModelFlags(command)
    .addHelpText(
      'after',
      `
Examples:
  llama-canister chat
  llama-canister chat "Who are you?" --system "You are a pirate." --temp 0
  llama-canister chat --continue "And why?"
  llama-canister chat --raw "Once upon a time" -n 100
  llama-canister chat "Hi" -- --xtc-probability 0.5`,
    )
    .action(run((context, words: string[], flags: ChatFlags) => chat(context, oneText(context, 'chat', words), flags)));
}
