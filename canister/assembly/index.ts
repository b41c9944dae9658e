/**
 * The canister: one exported function per method of llama.did, which asks whether the caller may, decodes the argument,
 * lets `service/` do the work and encodes the answer. scripts/canister-module.mjs gives the exports their names.
 */
import * as wire from './ic/candid/service.generated';
import { Text } from './ic/candid/values';
import { caller, respond } from './ic/message';
import { trap } from './ic/trap';
import { getAccess, isController, isLetIn, mayAdminister, mayInspect, setAccess } from './service/access';
import { downloadChunk, fileDetails, uploadChunk } from './service/files';
import { getMaxTokens, setMaxTokens } from './service/limits';
import { accessDenied, statusOk } from './service/replies';
import { mount } from './storage/file-system';

/** Opens the stable memory; one that is not ours ends the installation or upgrade, which leaves it as it is. */
function start(): void {
  respond(() => {
    const problem = mount();
    if (problem !== null) trap(problem);
  });
}

export function canister_init(): void {
  start();
}

export function canister_post_upgrade(): void {
  start();
}

export function health(): void {
  respond(() => {
    if (wire.readHealth()) wire.replyHealth(statusOk());
  });
}

export function whoami(): void {
  respond(() => {
    if (wire.readWhoami()) wire.replyWhoami(Text.of(caller().toString()));
  });
}

export function set_max_tokens(): void {
  respond(() => {
    if (!mayAdminister()) return wire.replySetMaxTokens(wire.StatusCodeRecordResult.Err(accessDenied()));
    const input = wire.readSetMaxTokens();
    if (input !== null) wire.replySetMaxTokens(setMaxTokens(input));
  });
}

export function get_max_tokens(): void {
  respond(() => {
    if (wire.readGetMaxTokens()) wire.replyGetMaxTokens(getMaxTokens());
  });
}

export function file_upload_chunk(): void {
  respond(() => {
    if (!mayAdminister()) return wire.replyFileUploadChunk(wire.FileDetailsResult.Err(accessDenied()));
    const input = wire.readFileUploadChunk();
    if (input !== null) wire.replyFileUploadChunk(uploadChunk(input));
  });
}

export function file_download_chunk(): void {
  respond(() => {
    if (!mayInspect()) return wire.replyFileDownloadChunk(wire.FileChunkResult.Err(accessDenied()));
    const input = wire.readFileDownloadChunk();
    if (input !== null) wire.replyFileDownloadChunk(downloadChunk(input));
  });
}

export function uploaded_file_details(): void {
  respond(() => {
    if (!mayInspect()) return wire.replyUploadedFileDetails(wire.FileDetailsResult.Err(accessDenied()));
    const input = wire.readUploadedFileDetails();
    if (input !== null) wire.replyUploadedFileDetails(fileDetails(input));
  });
}

export function set_access(): void {
  respond(() => {
    if (!isController()) return wire.replySetAccess(wire.AccessRecordResult.Err(accessDenied()));
    const input = wire.readSetAccess();
    if (input !== null) wire.replySetAccess(setAccess(input));
  });
}

export function get_access(): void {
  respond(() => {
    if (!mayInspect()) return wire.replyGetAccess(wire.AccessRecordResult.Err(accessDenied()));
    if (wire.readGetAccess()) wire.replyGetAccess(getAccess());
  });
}

export function check_access(): void {
  respond(() => {
    if (!isLetIn()) return wire.replyCheckAccess(wire.StatusCodeRecordResult.Err(accessDenied()));
    if (wire.readCheckAccess()) wire.replyCheckAccess(statusOk());
  });
}
