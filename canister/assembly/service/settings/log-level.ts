/** The canister's log, which its controllers can read: events of the canister, without prompts, answers or callers. */
import {
  LogLevel,
  LogLevelRecord,
  LogLevelResult,
  LogLevelTag,
  StatusCodeRecordResult,
} from '../../ic/candid/service.generated';
import { print } from '../../ic/debug';
import { FieldWriter } from '../../storage/values';
import { statusOf } from '../replies/replies';
import { areLogsWritten } from './saving';
import { Setting } from './settings';

const INFO: u8 = 0;
const ERROR: u8 = 1;
const WARN: u8 = 2;
const DEBUG: u8 = 3;

/** Version 1: level, u8. */
const setting = new Setting('log-level');

function level(): u8 {
  return setting.read().take<u8>();
}

/** The rank of a level: the most important messages are logged at all levels. */
function rank(at: u8): u8 {
  return at == ERROR ? 0 : at == WARN ? 1 : at == INFO ? 2 : 3;
}

function say(at: u8, text: string): void {
  if (areLogsWritten() && rank(at) <= rank(level())) print(text);
}

/** Something is lost, or stopped working. */
export function logError(text: string): void {
  say(ERROR, `error: ${text}`);
}

/** Something failed that has to be done again. */
export function logWarning(text: string): void {
  say(WARN, `warn: ${text}`);
}

export function logInfo(text: string): void {
  say(INFO, text);
}

export function logDebug(text: string): void {
  say(DEBUG, `debug: ${text}`);
}

export function setLogLevel(input: LogLevelRecord): StatusCodeRecordResult {
  const tag = input.level.tag;
  let chosen = INFO;
  if (tag == LogLevelTag.error) chosen = ERROR;
  else if (tag == LogLevelTag.warn) chosen = WARN;
  else if (tag == LogLevelTag.debug) chosen = DEBUG;
  const value = new FieldWriter(1);
  value.put<u8>(chosen);
  return statusOf(setting.write(value));
}

export function getLogLevel(): LogLevelResult {
  const chosen = level();
  const answer = new LogLevelRecord();
  if (chosen == ERROR) answer.level = LogLevel.error();
  else if (chosen == WARN) answer.level = LogLevel.warn();
  else if (chosen == DEBUG) answer.level = LogLevel.debug();
  else answer.level = LogLevel.info();
  return LogLevelResult.Ok(answer);
}
