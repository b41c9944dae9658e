import { Problem } from '../../problem';
import { ByteSource, readBytes } from '../bytes';
import { Extent } from '../../memory/extent';
import { Problem } from '../../problem';
import { GgufFile } from '../gguf/file';
import { MAX_TEMPLATE, Program } from './program';

/** Reads the chat template of a file to the beginning of an extent; its bytes, 0 if there is none or no memory for it. */
function readTemplate(file: GgufFile, source: ByteSource, space: Extent): u32 {
  const entry = file.metadata.find('tokenizer.chat_template');
  if (entry === null || entry.isArray) return 0;
  const size = <u32>min<u64>(entry.bytes, MAX_TEMPLATE + 1);
  if (!space.reserve(max<u32>(1, size))) return 0;
  const given = entry.given;
  if (given !== null) memory.copy(space.ptr, changetype<usize>(given), size);
  else readBytes(source, entry.offset, space.ptr, size);
  return size;
}

/** Why the chat template of a file cannot be used; null if it can, or if there is none. */
export function templateProblem(file: GgufFile, source: ByteSource): Problem | null {
  const space = new Extent();
  const size = readTemplate(file, source, space);
  let problem: Problem | null = null;
  if (size > 0) {
    const program = new Program(space.ptr, size);
    program.dispose();
    problem = program.problem;
  }
  space.release();
  return problem;
}
