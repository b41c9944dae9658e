/** Whether chats are saved and logs are written; both are by default. */
import { StatusCodeRecordResult } from '../../ic/candid/service.generated';
import { FieldWriter } from '../../storage/values';
import { statusOf } from '../replies/replies';
import { Setting } from './settings';

/** Version 1: chats are not saved, u8; logs are not written, u8. */
const setting = new Setting('saving');

function write(chats: bool, logs: bool): StatusCodeRecordResult {
  const value = new FieldWriter(1);
  value.put<u8>(u8(!chats));
  value.put<u8>(u8(!logs));
  return statusOf(setting.write(value));
}

export function areChatsSaved(): bool {
  return setting.read().take<u8>() == 0;
}

export function areLogsWritten(): bool {
  const fields = setting.read();
  fields.take<u8>();
  return fields.take<u8>() == 0;
}

export function pauseChats(): StatusCodeRecordResult {
  return write(false, areLogsWritten());
}

export function resumeChats(): StatusCodeRecordResult {
  return write(true, areLogsWritten());
}

export function pauseLogs(): StatusCodeRecordResult {
  return write(areChatsSaved(), false);
}

export function resumeLogs(): StatusCodeRecordResult {
  return write(areChatsSaved(), true);
}
