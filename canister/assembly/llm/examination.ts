import { Problem } from '../problem';
import { ByteSource } from './bytes';
import { readGguf } from './gguf/file';
import { Override, applyOverrides, refuseUnread } from './gguf/overrides';
import { describe } from './model/architectures';
import { checkOverriddenTokenizer } from './tokenizer/overridden-keys';

/**
 * Why a file cannot be loaded, judged by its header; null if the header is fine.
 *
 * @param overrides values that replace those of its metadata; one that would be ignored is a reason, too
 */
export function examine(source: ByteSource, overrides: Override[]): Problem | null {
  const read = readGguf(source);
  const file = read.value;
  if (file === null) return read.problem;
  applyOverrides(file.metadata, overrides);
  const d = describe(file.metadata);
  if (overrides.length > 0 && file.metadata.problem === null) {
    checkOverriddenTokenizer(file.metadata);
    if (file.metadata.problem === null) refuseUnread(file.metadata, overrides, d.architecture);
  }
  return file.metadata.problem;
}
