/** Methods of who is let in. */
import * as wire from '../ic/candid/service.generated';
import { respond } from '../ic/message';
import { getAccess, isController, isLetInToAsk, mayInspect, setAccess } from '../service/access';
import { accessDenied, statusOk, undecodable } from '../service/replies';
import { update } from '../service/tasks';

export function set_access(): void {
  update(() => {
    if (!isController()) return wire.replySetAccess(wire.AccessRecordResult.Err(accessDenied()));
    const input = wire.readSetAccess();
    wire.replySetAccess(input === null ? wire.AccessRecordResult.Err(undecodable()) : setAccess(input));
  });
}

export function get_access(): void {
  respond(() => {
    if (!mayInspect()) return wire.replyGetAccess(wire.AccessRecordResult.Err(accessDenied()));
    wire.replyGetAccess(wire.readGetAccess() ? getAccess() : wire.AccessRecordResult.Err(undecodable()));
  });
}

export function check_access(): void {
  respond(() => {
    if (!isLetInToAsk()) return wire.replyCheckAccess(wire.StatusCodeRecordResult.Err(accessDenied()));
    wire.replyCheckAccess(wire.readCheckAccess() ? statusOk() : wire.StatusCodeRecordResult.Err(undecodable()));
  });
}
