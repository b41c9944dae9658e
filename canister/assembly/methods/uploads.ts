/** Methods of uploads whose chunks come in any order. */
import * as wire from '../ic/candid/service.generated';
import { respond } from '../ic/message';
import { mayAdminister } from '../service/access';
import { accessDenied, undecodable } from '../service/replies';
import { beginUpload, cancelUpload, takeChunk, uploadStatus } from '../service/uploads';
import { update } from '../service/tasks';

export function upload_begin(): void {
  update(() => {
    if (!mayAdminister()) return wire.replyUploadBegin(wire.UploadResult.Err(accessDenied()));
    const input = wire.readUploadBegin();
    wire.replyUploadBegin(input === null ? wire.UploadResult.Err(undecodable()) : beginUpload(input));
  });
}

export function upload_chunk(): void {
  update(() => {
    if (!mayAdminister()) return wire.replyUploadChunk(wire.UploadResult.Err(accessDenied()));
    const input = wire.readUploadChunk();
    wire.replyUploadChunk(input === null ? wire.UploadResult.Err(undecodable()) : takeChunk(input));
  });
}

export function upload_status(): void {
  respond(() => {
    if (!mayAdminister()) return wire.replyUploadStatus(wire.UploadResult.Err(accessDenied()));
    const input = wire.readUploadStatus();
    wire.replyUploadStatus(input === null ? wire.UploadResult.Err(undecodable()) : uploadStatus(input));
  });
}

export function upload_cancel(): void {
  update(() => {
    if (!mayAdminister()) return wire.replyUploadCancel(wire.UploadResult.Err(accessDenied()));
    const input = wire.readUploadCancel();
    wire.replyUploadCancel(input === null ? wire.UploadResult.Err(undecodable()) : cancelUpload(input));
  });
}
