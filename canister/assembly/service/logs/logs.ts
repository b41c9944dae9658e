/**
 * The log of calls: a line per call, in the canister's log and in the file of `--log-file`. It contains no prompts,
 * answers or callers.
 */
import { Problem } from '../../problem';
import { OutputRecordResult } from '../../ic/candid/service.generated';
import { Text } from '../../ic/candid/values';
import { now } from '../../ic/clock';
import { createFile, openFile, remove, stat } from '../../storage/file-system';
import { File } from '../../storage/file';
import { MAX_PATH, Path } from '../../storage/path';
import { mayAdminister } from '../access/access';
import { Arguments } from '../flags/arguments';
import { logInfo } from '../settings/log-level';
import { failed, told } from '../replies/replies';
import { areLogsWritten } from '../settings/saving';
import { OWN_FILES } from '../access/session-path';
import { timestamp } from '../replies/timestamp';

/** The beginning of every log file; no other file is written to or removed as one. */
const HEADING: string = 'llama canister log\n';
/** Bytes of a log file; then it starts over. */
const MAX_LOG: u64 = 1 << 20;

const beginning: usize = memory.data(32, 8);

function isLog(file: File): bool {
  const heading = Text.of(HEADING);
  if (file.size == 0) return true;
  return (
    file.read(0, beginning, heading.size) == heading.size && memory.compare(beginning, heading.ptr, heading.size) == 0
  );
}

/**
 * Why the file of the command line cannot be logged to; null if it can, or there is none. Callers who do not administer
 * may give the flag, as to llama_cpp_canister, but it is ignored.
 */
export function whyNotLogged(args: Arguments): Problem | null {
  if (args.logFile.size == 0) return null;
  if (!mayAdminister()) {
    args.ignoreLogFile('files for logs are written for administrators');
    return null;
  }
  if (args.logFile.size > <u32>MAX_PATH) return new Problem(`--log-file: a path has at most ${MAX_PATH} bytes`);
  const name = args.logFile.toString();
  const path = new Path(name);
  if (path.problem !== null) return path.problem!.of('--log-file');
  const problem = whyNoLog(name, path);
  return problem === null ? null : problem.of(`--log-file ${name}`);
}

function whyNoLog(name: string, path: Path): Problem | null {
  if (path.isRoot) return new Problem('a file has a name');
  if (String.UTF8.decode(path.parts[0]) == OWN_FILES) return new Problem("the callers' own files are there");
  const entry = stat(name);
  if (entry === null) return null;
  if (entry.isDirectory) return new Problem('it is a directory');
  return isLog(openFile(name).value!) ? null : new Problem('there is such a file, and it is no log');
}

/** Writes a line, and which flags were ignored, unless logs are paused. A failure to log is not an error. */
export function log(args: Arguments, line: string): void {
  if (!areLogsWritten()) return;
  write(args, line);
  if (args.ignored.length > 0) write(args, `${line.split(':')[0]}: ignored ${args.ignored}`);
}

function write(args: Arguments, line: string): void {
  logInfo(line);
  if (args.logFile.size == 0) return;
  const file = createFile(args.logFile.toString()).value;
  if (file === null) return;
  const entry = Text.of(`${timestamp(now(), '-', 'T', ':')}Z ${line}\n`);
  if (file.size == 0 || file.size + entry.size > MAX_LOG) {
    const heading = Text.of(HEADING);
    file.replace(heading.ptr, heading.size);
  }
  file.write(file.size, entry.ptr, entry.size);
}

export function removeLogFile(args: Arguments): OutputRecordResult {
  if (args.problem !== null) return failed(args.problem!);
  if (args.logFile.size == 0) return told('No log file to remove.');
  const why = whyNotLogged(args);
  if (why !== null) return failed(why);
  const name = args.logFile.toString();
  // In llama_cpp_canister, naming a log creates it, so removing one that was never written to succeeds.
  if (stat(name) === null) return told(`Successfully removed log file: ${name}`);
  const problem = remove(name);
  return problem === null ? told(`Successfully removed log file: ${name}`) : failed(problem.of(`--log-file ${name}`));
}
