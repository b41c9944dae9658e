/** Methods about files and directories as such. */
import * as wire from '../ic/candid/service.generated';
import { respond } from '../ic/message';
import { mayAdminister, mayInspect } from '../service/access';
import { creationTime, fileSize, listDirectory, removeEntry } from '../service/entries';
import { accessDenied, undecodable } from '../service/replies';
import { update } from '../service/tasks';

export function filesystem_remove(): void {
  update(() => {
    if (!mayAdminister()) return wire.replyFilesystemRemove(wire.FilesystemRemoveResult.Err(accessDenied()));
    const input = wire.readFilesystemRemove();
    wire.replyFilesystemRemove(input === null ? wire.FilesystemRemoveResult.Err(undecodable()) : removeEntry(input));
  });
}

export function filesystem_file_size(): void {
  respond(() => {
    if (!mayInspect()) return wire.replyFilesystemFileSize(wire.FilesystemFileSizeResult.Err(accessDenied()));
    const input = wire.readFilesystemFileSize();
    wire.replyFilesystemFileSize(input === null ? wire.FilesystemFileSizeResult.Err(undecodable()) : fileSize(input));
  });
}

export function get_creation_timestamp_ns(): void {
  respond(() => {
    if (!mayInspect()) return wire.replyGetCreationTimestampNs(wire.FilesystemTimestampResult.Err(accessDenied()));
    const input = wire.readGetCreationTimestampNs();
    wire.replyGetCreationTimestampNs(
      input === null ? wire.FilesystemTimestampResult.Err(undecodable()) : creationTime(input),
    );
  });
}

export function recursive_dir_content_query(): void {
  respond(() => {
    if (!mayInspect()) return wire.replyRecursiveDirContentQuery(wire.DirContentResult.Err(accessDenied()));
    const input = wire.readRecursiveDirContentQuery();
    wire.replyRecursiveDirContentQuery(
      input === null ? wire.DirContentResult.Err(undecodable()) : listDirectory(input),
    );
  });
}

export function recursive_dir_content_update(): void {
  update(() => {
    if (!mayAdminister()) return wire.replyRecursiveDirContentUpdate(wire.DirContentResult.Err(accessDenied()));
    const input = wire.readRecursiveDirContentUpdate();
    wire.replyRecursiveDirContentUpdate(
      input === null ? wire.DirContentResult.Err(undecodable()) : listDirectory(input),
    );
  });
}
