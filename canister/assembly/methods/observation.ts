/** Methods by which the canister is watched: pages, and what goes to its log. */
import { rejectArgument } from '../ic/candid/arguments';
import * as wire from '../ic/candid/service.generated';
import { respond } from '../ic/message';
import { mayAdminister, mayInspect } from '../service/access';
import { answer } from '../service/http/request';
import { getLogLevel, setLogLevel } from '../service/log-level';
import { accessDenied, undecodable } from '../service/replies';
import { update } from '../service/tasks';

export function http_request(): void {
  respond(() => {
    const input = wire.readHttpRequest();
    if (input === null) rejectArgument();
    else wire.replyHttpRequest(answer(input));
  });
}

export function set_log_level(): void {
  update(() => {
    if (!mayAdminister()) return wire.replySetLogLevel(wire.StatusCodeRecordResult.Err(accessDenied()));
    const input = wire.readSetLogLevel();
    wire.replySetLogLevel(input === null ? wire.StatusCodeRecordResult.Err(undecodable()) : setLogLevel(input));
  });
}

export function get_log_level(): void {
  respond(() => {
    if (!mayInspect()) return wire.replyGetLogLevel(wire.LogLevelResult.Err(accessDenied()));
    wire.replyGetLogLevel(wire.readGetLogLevel() ? getLogLevel() : wire.LogLevelResult.Err(undecodable()));
  });
}
