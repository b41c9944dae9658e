import { Problem } from '../../problem';
import { ByteSource, readBytes } from '../bytes';
import { Extent } from '../../memory/extent';
import { Problem } from '../../problem';
import { GgufFile } from '../gguf/file';
import { MAX_TEMPLATE, Program } from './program';

/** Reads the chat template of a file to the beginning of an extent; its bytes, 0 if there is none or no memory for it. */
export function readTemplate(file: GgufFile, source: ByteSource, space: Extent): u32 {
  const entry = file.metadata.find('tokenizer.chat_template');
  if (entry === null || entry.isArray) return 0;
  const size = <u32>min<u64>(entry.bytes, MAX_TEMPLATE + 1);
  if (!space.reserve(max<u32>(1, size))) return 0;
  const given = entry.given;
  if (given !== null) memory.copy(space.ptr, changetype<usize>(given), size);
  else readBytes(source, entry.offset, space.ptr, size);
  return size;
}

/** Reads the chat template of a file, which may have an error; null if there is none, or no memory for it. */
export function readProgram(file: GgufFile, source: ByteSource): Program | null {
  const space = new Extent();
  const size = readTemplate(file, source, space);
  const program = size > 0 ? new Program(space.ptr, size) : null;
  space.release();
  return program;
}

/** Why the chat template of a file cannot be used; null if it can, or if there is none. */
export function templateProblem(file: GgufFile, source: ByteSource): Problem | null {
  const program = readProgram(file, source);
  if (program === null) return null;
  program.dispose();
  return program.problem;
}
