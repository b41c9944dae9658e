/** Methods of files whose chunks come in order. */
import * as wire from '../ic/candid/service.generated';
import { respond } from '../ic/message';
import { mayAdminister, mayInspect } from '../service/access';
import { downloadChunk, fileDetails, uploadChunk } from '../service/files';
import { accessDenied, undecodable } from '../service/replies';
import { update } from '../service/tasks';

export function file_upload_chunk(): void {
  update(() => {
    if (!mayAdminister()) return wire.replyFileUploadChunk(wire.FileDetailsResult.Err(accessDenied()));
    const input = wire.readFileUploadChunk();
    wire.replyFileUploadChunk(input === null ? wire.FileDetailsResult.Err(undecodable()) : uploadChunk(input));
  });
}

export function file_download_chunk(): void {
  respond(() => {
    if (!mayInspect()) return wire.replyFileDownloadChunk(wire.FileChunkResult.Err(accessDenied()));
    const input = wire.readFileDownloadChunk();
    wire.replyFileDownloadChunk(input === null ? wire.FileChunkResult.Err(undecodable()) : downloadChunk(input));
  });
}

export function uploaded_file_details(): void {
  respond(() => {
    if (!mayInspect()) return wire.replyUploadedFileDetails(wire.FileDetailsResult.Err(accessDenied()));
    const input = wire.readUploadedFileDetails();
    wire.replyUploadedFileDetails(input === null ? wire.FileDetailsResult.Err(undecodable()) : fileDetails(input));
  });
}
