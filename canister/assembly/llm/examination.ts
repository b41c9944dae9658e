import { Problem } from '../problem';
import { ByteSource } from './bytes';
import { readGguf } from './gguf/file';
import { Override, applyOverrides, refuseUnread } from './gguf/overrides';
import { describe } from './model/architectures';
import { checkOverriddenTokenizer } from './tokenizer/overridden-keys';

/**
 * Why a file cannot be loaded, as far as its header says; null if nothing speaks against it.
 *
 * @param overrides what keys of its metadata are instead of what it says; one that would be ignored is a reason, too
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
