/** Methods of what is written down beside the sessions: chats and logs. */
import * as wire from '../ic/candid/service.generated';
import { respond } from '../ic/message';
import { isLetInToAsk, mayAdminister } from '../service/access';
import { Arguments } from '../service/arguments';
import { removeLogFile } from '../service/logs';
import { accessDenied, outputDenied, outputUndecodable, undecodable } from '../service/replies';
import { getChats } from '../service/saved-chats';
import { pauseChats, pauseLogs } from '../service/saving';
import { update } from '../service/tasks';

export function get_chats(): void {
  respond(() => {
    if (!isLetInToAsk()) return wire.replyGetChats(wire.ChatsRecordResult.Err(accessDenied()));
    wire.replyGetChats(wire.readGetChats() ? getChats() : wire.ChatsRecordResult.Err(undecodable()));
  });
}

export function chats_pause(): void {
  update(() => {
    if (!mayAdminister()) return wire.replyChatsPause(wire.StatusCodeRecordResult.Err(accessDenied()));
    wire.replyChatsPause(wire.readChatsPause() ? pauseChats(true) : wire.StatusCodeRecordResult.Err(undecodable()));
  });
}

export function chats_resume(): void {
  update(() => {
    if (!mayAdminister()) return wire.replyChatsResume(wire.StatusCodeRecordResult.Err(accessDenied()));
    wire.replyChatsResume(wire.readChatsResume() ? pauseChats(false) : wire.StatusCodeRecordResult.Err(undecodable()));
  });
}

export function log_pause(): void {
  update(() => {
    if (!mayAdminister()) return wire.replyLogPause(wire.StatusCodeRecordResult.Err(accessDenied()));
    wire.replyLogPause(wire.readLogPause() ? pauseLogs(true) : wire.StatusCodeRecordResult.Err(undecodable()));
  });
}

export function log_resume(): void {
  update(() => {
    if (!mayAdminister()) return wire.replyLogResume(wire.StatusCodeRecordResult.Err(accessDenied()));
    wire.replyLogResume(wire.readLogResume() ? pauseLogs(false) : wire.StatusCodeRecordResult.Err(undecodable()));
  });
}

export function remove_log_file(): void {
  update(() => {
    if (!mayAdminister()) return wire.replyRemoveLogFile(outputDenied());
    const input = wire.readRemoveLogFile();
    wire.replyRemoveLogFile(input === null ? outputUndecodable() : removeLogFile(new Arguments(input)));
  });
}
