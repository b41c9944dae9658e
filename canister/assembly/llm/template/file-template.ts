import { Extent } from '../../memory/extent';
import { Span } from '../../memory/span';
import { Code, Problem, Result } from '../../problem';
import { ByteSource, readBytes } from '../bytes';
import { GgufFile } from '../gguf/file';
import { MAX_TEMPLATE, Program } from './program';

/** Reads the chat template of a file to an extent; it stays there until the extent is used for something else. */
export function readTemplate(file: GgufFile, source: ByteSource, space: Extent): Result<Span> {
  const entry = file.metadata.find('tokenizer.chat_template');
  if (entry === null || entry.isArray || entry.bytes == 0) {
    return Result.fail<Span>(new Problem('the model has no chat template', Code.MISSING));
  }
  const size = <u32>min<u64>(entry.bytes, MAX_TEMPLATE + 1);
  if (!space.reserve(size)) {
    return Result.fail<Span>(new Problem('there is no room for the chat template', Code.HEAP_FULL));
  }
  const given = entry.given;
  if (given !== null) memory.copy(space.ptr, changetype<usize>(given), size);
  else readBytes(source, entry.offset, space.ptr, size);
  return Result.ok<Span>(new Span(space.ptr, size));
}

/** Reads the chat template of a file as a program. */
export function readProgram(file: GgufFile, source: ByteSource): Result<Program> {
  const space = new Extent();
  const read = readTemplate(file, source, space);
  const text = read.value;
  const made = text === null ? Result.fail<Program>(read.problem!) : Program.of(text.ptr, text.size);
  space.release();
  return made;
}

/** The reason why a file's chat template cannot be used; null if it can, or if there is none. */
export function templateProblem(file: GgufFile, source: ByteSource): Problem | null {
  const read = readProgram(file, source);
  const program = read.value;
  if (program !== null) program.dispose();
  const problem = read.problem;
  return problem !== null && problem.code == Code.MISSING ? null : problem;
}
