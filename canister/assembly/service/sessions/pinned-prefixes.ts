/**
 * Pins beginnings of prompts that many callers use, such as a system prompt; they are evaluated once for all. Only what
 * administrators pin is shared between callers: the cost of a call, and how many prompt tokens it finds evaluated,
 * would otherwise tell one caller what another has asked. In this way a pinned prefix can be found out, token by token,
 * so it counts as public to all callers with access.
 */
import { Problem } from '../../problem';
import {
  OutputRecord,
  OutputRecordResult,
  PinnedPrefix,
  PinnedPrefixInput,
  PinnedPrefixesResult,
  TextResult,
} from '../../ic/candid/service.generated';
import { Some, Text } from '../../ic/candid/values';
import { Extent } from '../../memory/extent';
import { createFile, list, openFile, remove, stat } from '../../storage/file-system';
import { Path } from '../../storage/path';
import { Arguments } from '../flags/arguments';
import { engine } from '../engine/loaded';
import { log, whyNotLogged } from '../logs/logs';
import { whyNotReady } from '../models/model';
import {
  PREFIX_FOLDER,
  beginMessage,
  closePrefix,
  endMessage,
  evaluatePinned,
  evaluatePrefix,
  openPrefixOf,
  prefixSequence,
} from '../prefixes/prefix-sessions';
import { because, failed, told } from '../replies/replies';

const MAX_PINNED: i32 = 16;
/** Bytes of a name. */
const MAX_NAME: u32 = 255;

const OK: u16 = 200;
/** What goes on by itself. */
const ACCEPTED: u16 = 202;

/** Why the command line does not name a prefix; null if it does. */
function whyNoName(args: Arguments): Problem | null {
  if (args.problem !== null) return args.problem;
  if (args.promptCache.size == 0) return new Problem('--prompt-cache: the name of the prefix is missing');
  if (args.promptCache.size > MAX_NAME) return new Problem(`--prompt-cache: a name has at most ${MAX_NAME} bytes`);
  const path = new Path(args.promptCache.toString());
  if (path.problem !== null) return path.problem!.of('--prompt-cache');
  if (path.parts.length != 1) return new Problem('--prompt-cache: it is the name of a file, without folders');
  return whyNotLogged(args);
}

function pathOf(args: Arguments): string {
  return `${PREFIX_FOLDER}/${nameOf(args)}`;
}

function nameOf(args: Arguments): string {
  return String.UTF8.decode(new Path(args.promptCache.toString()).parts[0]);
}

/** Whether the text is pinned under the name already. */
function isPinned(path: string, text: Text): bool {
  const file = openFile(path).value;
  if (file === null || file.size != <u64>text.size) return false;
  let at: u64 = 0;
  while (at < file.size) {
    const part = file.read(at, piece, PIECE);
    if (memory.compare(piece, text.ptr + <usize>at, <usize>part) != 0) return false;
    at += part;
  }
  return true;
}

/** Bytes that are compared at once. */
const PIECE: u64 = 4096;
const piece: usize = memory.data(4096, 8);

export function pinPrefix(args: Arguments): OutputRecordResult {
  const wrong = whyNoName(args);
  if (wrong !== null) return failed(wrong);
  if (args.prompt.size == 0) return failed(new Problem('--prompt: the text to pin is missing'));
  const why = whyNotReady();
  if (why !== null) return failed(why);
  const name = nameOf(args);
  const path = pathOf(args);
  const isNew = stat(path) === null;
  const files = list(PREFIX_FOLDER);
  if (isNew && files !== null && files.length >= MAX_PINNED) {
    return failed(
      new Problem(`--prompt-cache: ${MAX_PINNED} prefixes are pinned, which is the most; unpin_prefix removes one`),
    );
  }
  beginMessage();
  const result = pin(args, name, path);
  endMessage();
  return result;
}

/** Makes room for the whole prefix before anything is saved. */
function pin(args: Arguments, name: string, path: string): OutputRecordResult {
  const known = isPinned(path, args.prompt);
  if (!known || prefixSequence(name) === null) {
    const problem = openPrefixOf(name, args.prompt);
    if (problem !== null) return notPinned(problem);
  }
  if (known) return evaluated(args, name);
  const unkept = keep(path, args.prompt);
  if (unkept === null) return evaluated(args, name);
  closePrefix(name);
  return notPinned(unkept);
}

/** The prefix pinned under the name before stays, and returns to the heap. */
function notPinned(problem: Problem): OutputRecordResult {
  evaluatePinned();
  return failed(problem);
}

/** Saves the text. Null, or why not; then nothing has changed. */
function keep(path: string, text: Text): Problem | null {
  const opened = createFile(path, text.size);
  const file = opened.value;
  return file === null ? opened.problem : file.replace(text.ptr, text.size);
}

/** Evaluates as much as fits in the message, and reports how far that is. */
function evaluated(args: Arguments, name: string): OutputRecordResult {
  const sequence = prefixSequence(name)!;
  const cached = sequence.evaluated;
  const problem = evaluatePrefix(name).problem;
  if (problem !== null) {
    closePrefix(name);
    return failed(problem.of('the prefix is pinned, but not in the heap'));
  }
  const remaining = sequence.length - sequence.evaluated;
  const record = new OutputRecord();
  record.status_code = remaining == 0 ? OK : ACCEPTED;
  record.output = Text.of(`Pinned prefix ${name}: ${sequence.evaluated} of ${sequence.length} tokens are evaluated`);
  record.n_prompt_tokens = new Some<u64>(<u64>sequence.length);
  record.n_prompt_tokens_cached = new Some<u64>(<u64>cached);
  record.n_prompt_tokens_decoded = new Some<u64>(<u64>(sequence.evaluated - cached));
  record.n_prompt_tokens_remaining = new Some<u64>(<u64>remaining);
  record.n_tokens_generated = new Some<u64>(0);
  log(args, `pin_prefix: ${sequence.length} tokens (${cached} cached, ${remaining} remaining)`);
  return OutputRecordResult.Ok(record);
}

export function unpinPrefix(args: Arguments): OutputRecordResult {
  const wrong = whyNoName(args);
  if (wrong !== null) return failed(wrong);
  const path = pathOf(args);
  if (stat(path) === null) return told(`Pinned prefix ${nameOf(args)} not found. Nothing to unpin.`);
  const problem = remove(path);
  if (problem !== null) return failed(problem.of('--prompt-cache'));
  closePrefix(nameOf(args));
  log(args, 'unpin_prefix');
  return told(`Unpinned prefix ${nameOf(args)}`);
}

export function getPinnedPrefixes(): PinnedPrefixesResult {
  const all: PinnedPrefix[] = [];
  const files = list(PREFIX_FOLDER);
  for (let i = 0; files !== null && i < files.length; ++i) {
    const prefix = new PinnedPrefix();
    prefix.name = Text.of(files[i].name);
    prefix.bytes = files[i].size;
    const sequence = engine.isReady ? prefixSequence(files[i].name) : null;
    if (sequence !== null) {
      prefix.tokens = sequence.length;
      prefix.evaluated = sequence.evaluated;
    }
    all.push(prefix);
  }
  return PinnedPrefixesResult.Ok(all);
}

/** The buffer for the text of a prefix; valid until the next reply. */
const space = new Extent();

/** The text of a prefix; callers with access could find it out anyway. */
export function pinnedPrefixText(input: PinnedPrefixInput): TextResult {
  if (input.name.size == 0 || input.name.size > MAX_NAME) return noText(`a name has 1 to ${MAX_NAME} bytes`);
  const name = input.name.toString();
  const path = new Path(name);
  if (path.problem !== null) return noText(path.problem!.text);
  const file = path.parts.length == 1 ? openFile(`${PREFIX_FOLDER}/${name}`).value : null;
  if (file === null) return noText(`no prefix of the name ${name} is pinned; get_pinned_prefixes lists them`);
  if (!space.reserve(<usize>file.size)) return noText('the heap is full: there is no room to read it');
  return TextResult.Ok(new Text(space.ptr, <u32>file.read(0, space.ptr, file.size)));
}

function noText(why: string): TextResult {
  return TextResult.Err(because(`pinned_prefix_text: ${why}`));
}
