/**
 * Texts of a command line that are in files of the canister (`--file`, `--grammar-file` ...). A caller may name the
 * files that it may download: administrators all, others their own.
 */
import { Code, Problem, Result } from '../../problem';
import { Text } from '../../ic/candid/values';
import { caller } from '../../ic/message';
import { openFile } from '../../storage/file-system';
import { MAX_PATH, Path } from '../../storage/path';
import { mayInspect } from '../access/access';
import { Arguments } from '../flags/arguments';
import { resolveEscapes } from '../flags/escapes';
import { RawBuffer } from '../../memory/raw-buffer';
import { OWN_FILES } from '../access/session-path';

/** Bytes of the longest text: as many as a message could carry. */
const MAX_TEXT: u64 = 2 << 20;
const NEWLINE: u8 = 0x0a;

const prompt = changetype<RawBuffer>(memory.data(16, 8));
const constraint = changetype<RawBuffer>(memory.data(16, 8));

function refused(why: string, code: Code = Code.INVALID): Result<Text> {
  return Result.fail<Text>(new Problem(why, code));
}

/** Whether a path leads to a file of the caller. */
function isOwn(path: Path): bool {
  const parts = path.parts;
  if (parts.length < 3 || String.UTF8.decode(parts[0]) != OWN_FILES) return false;
  return String.UTF8.decode(parts[1]) == caller().toString();
}

function read(name: Text, into: RawBuffer): Result<Text> {
  if (name.size > <u32>MAX_PATH) return refused(`a path has at most ${MAX_PATH} bytes`);
  const path = new Path(name.toString());
  if (path.problem !== null) return Result.fail<Text>(path.problem!);
  if (!isOwn(path) && !mayInspect()) {
    return refused(`only administrators may name files that are not in ${OWN_FILES}/${caller().toString()}`);
  }
  const opened = openFile(name.toString());
  const file = opened.value;
  if (file === null) return Result.fail<Text>(opened.problem!);
  if (file.size > MAX_TEXT) return refused(`the file has ${file.size} bytes; at most ${MAX_TEXT} are read as a text`);
  if (!into.reserve(max<usize>(1, <usize>file.size), 0))
    return refused('there is no room for the file', Code.HEAP_FULL);
  return Result.ok<Text>(new Text(into.ptr, <u32>file.read(0, into.ptr, file.size)));
}

/** Reads the texts of files. Null, or what is wrong. */
export function readFlagFiles(args: Arguments): Problem | null {
  if (args.promptFile.size > 0) {
    const found = read(args.promptFile, prompt);
    let text = found.value;
    if (text === null) return found.problem!.of(args.isBinary ? '--binary-file' : '--file');
    // As in llama.cpp, because editors end a text with a newline.
    if (!args.isBinary && text.size > 0 && load<u8>(text.ptr + text.size - 1) == NEWLINE) {
      text = new Text(text.ptr, text.size - 1);
    }
    args.prompt = args.escape ? resolveEscapes(text) : text;
  }
  if (args.constraintFile.size > 0) {
    const found = read(args.constraintFile, constraint);
    const flag = args.isSchema ? '--json-schema-file' : '--grammar-file';
    const text = found.value;
    if (text === null) return found.problem!.of(flag);
    if (text.size == 0) return new Problem(`${flag}: the file is empty`);
    args.constraint = text;
  }
  return null;
}

/** Releases the texts. */
export function releaseFlagFiles(): void {
  prompt.dispose();
  constraint.dispose();
}
