/**
 * The canister: one exported function per method of llama.did, which decodes the argument, asks whether the caller may,
 * lets `service/` do the work and encodes the answer. scripts/canister-module.mjs gives the exports their names.
 */
import * as wire from './ic/candid/service.generated';
import { Text } from './ic/candid/values';
import { caller, respond } from './ic/message';
import './ic/trap';

export function health(): void {
  respond(() => {
    if (!wire.readHealth()) return;
    const ok = new wire.StatusCodeRecord();
    ok.status_code = 200;
    wire.replyHealth(wire.StatusCodeRecordResult.Ok(ok));
  });
}

export function whoami(): void {
  respond(() => {
    if (wire.readWhoami()) wire.replyWhoami(Text.of(caller().toString()));
  });
}
