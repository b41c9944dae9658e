/** Whether chats are saved and logs are written: both are, until somebody says otherwise. */
import { StatusCodeRecordResult } from '../ic/candid/service.generated';
import { readRecord, writeRecord } from '../storage/records';
import { statusOk } from './replies';
import { SAVING } from './settings';

/** The record: chats are not saved, u8; logs are not written, u8. */
const record: usize = memory.data(2, 2);

const CHATS: usize = 0;
const LOGS: usize = 1;

function isPaused(what: usize): bool {
  readRecord(SAVING, record, 2);
  return load<u8>(record + what) != 0;
}

function pause(what: usize, paused: bool): StatusCodeRecordResult {
  readRecord(SAVING, record, 2);
  store<u8>(record + what, u8(paused));
  writeRecord(SAVING, record, 2);
  return statusOk();
}

export function areChatsSaved(): bool {
  return !isPaused(CHATS);
}

export function areLogsWritten(): bool {
  return !isPaused(LOGS);
}

export function pauseChats(): StatusCodeRecordResult {
  return pause(CHATS, true);
}

export function resumeChats(): StatusCodeRecordResult {
  return pause(CHATS, false);
}

export function pauseLogs(): StatusCodeRecordResult {
  return pause(LOGS, true);
}

export function resumeLogs(): StatusCodeRecordResult {
  return pause(LOGS, false);
}
