import { Problem, Result } from '../../problem';
import { ByteSource } from '../bytes';
import { MAX_ALIGNMENT } from './limits';
import { Metadata } from './metadata';
import { HeaderReader } from './reader';
import { Tensors } from './tensors';

/** "GGUF" as the first four bytes read as a little-endian number. */
const MAGIC: u32 = 0x46554747;
const DEFAULT_ALIGNMENT: u32 = 32;

/**
 * A GGUF file (version 2 or 3, little-endian):
 *
 *     magic "GGUF" | version: u32 | tensors: u64 | keys: u64 | keys * (key, type, value) | tensors * (name, shape, type, offset)
 *     | padding to the alignment | data of the tensors, each at its own aligned offset
 *
 * Source: the GGUF specification, ggml/docs/gguf.md.
 */
export class GgufFile {
  version: u32 = 0;
  /** Bytes: every tensor starts at a multiple of it from `dataOffset`. */
  alignment: u32 = DEFAULT_ALIGNMENT;
  /** Offset in the file of the tensor data. */
  dataOffset: u64 = 0;
  readonly metadata: Metadata;
  readonly tensors: Tensors = new Tensors();

  constructor(readonly source: ByteSource) {
    this.metadata = new Metadata(source);
  }
}

/**
 * Reads and checks a file's header, or those of all files of a split model. Cost: about 100 instructions per string of its
 * arrays, so some 50 M for a vocabulary of 150 k tokens with as many merges; bounded by MAX_HEADER_BYTES whatever the file
 * claims.
 */
export function readGguf(source: ByteSource): Result<GgufFile> {
  const file = new GgufFile(source);
  const parts = source.parts;
  for (let part = 0; part < parts; ++part) {
    const reader = new HeaderReader(source, part);
    parse(file, part == 0 ? file.metadata : new Metadata(source), part, reader);
    reader.close();
    const problem = reader.problem;
    if (problem !== null) return Result.fail<GgufFile>(parts > 1 ? problem.of(`part ${part + 1}`) : problem);
  }
  const problem = checkWhole(file, parts);
  return problem === null ? Result.ok<GgufFile>(file) : Result.fail<GgufFile>(problem);
}

/**
 * Reads a part's header; a problem is left in `reader.problem`. A split model's metadata is that of its first file; the
 * other files only have tensors.
 */
function parse(file: GgufFile, metadata: Metadata, part: i32, reader: HeaderReader): void {
  const origin = reader.position;
  checkMagic(reader);
  const version = reader.u32('the version');
  checkVersion(reader, version);
  const tensors = reader.u64('the number of tensors');
  const keys = reader.u64('the number of metadata keys');
  metadata.parse(reader, keys);
  if (!reader.ok) return;
  const alignment = metadata.u32('general.alignment', DEFAULT_ALIGNMENT);
  const parts = metadata.u32('split.count', 1);
  const number = metadata.u32('split.no', 0);
  reader.refuse(metadata.problem);
  if (!reader.ok) return;
  if (alignment == 0 || (alignment & (alignment - 1)) != 0 || alignment > MAX_ALIGNMENT) {
    return reader.fail(`general.alignment is ${alignment}; a power of two up to ${MAX_ALIGNMENT} is accepted`);
  }
  if (parts > 1 || file.source.parts > 1) checkPart(reader, part, number, parts, file.source.parts);
  const before = file.tensors.count;
  file.tensors.parse(reader, tensors);
  if (!reader.ok) return;
  const dataOffset = (reader.position - origin + alignment - 1) & ~(<u64>alignment - 1);
  const fileBytes = file.source.partStart(part + 1) - origin;
  if (part == 0) {
    file.version = version;
    file.alignment = alignment;
    file.dataOffset = dataOffset;
  }
  reader.refuse(file.tensors.place(before, origin, dataOffset, alignment, fileBytes));
}

/** Checks that a file of a split model is the expected one. */
function checkPart(reader: HeaderReader, part: i32, number: u32, parts: u32, given: i32): void {
  if (given == 1) {
    reader.fail(
      `the file is part ${number + 1} of ${parts} of a split model: load the first, NAME-00001-of-${parts.toString().padStart(5, '0')}.gguf, ` +
        'with the others beside it',
    );
  } else if (parts != <u32>given) {
    reader.fail(`it says that the model has ${parts} parts, and ${given} are given`);
  } else if (number != <u32>part) {
    reader.fail(`it says that it is part ${number + 1} of the model`);
  }
}

/** The problem of the parts as a whole, or null. */
function checkWhole(file: GgufFile, parts: i32): Problem | null {
  if (parts > 1) {
    const claimed = file.metadata.u32('split.tensors.count', file.tensors.count);
    if (file.metadata.problem !== null) return file.metadata.problem;
    if (claimed != <u32>file.tensors.count) {
      return new Problem(`the model has ${claimed} tensors, and its ${parts} parts have ${file.tensors.count}`);
    }
  }
  return file.tensors.overlap();
}

function checkMagic(reader: HeaderReader): void {
  const ptr = reader.take(4, 'the magic "GGUF"');
  if (ptr == 0 || load<u32>(ptr) == MAGIC) return;
  let seen = '';
  for (let i: usize = 0; i < 4; ++i) {
    const byte = load<u8>(ptr + i);
    seen += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '?';
  }
  reader.fail(`not a GGUF file: it starts with "${seen}" instead of "GGUF"`);
}

function checkVersion(reader: HeaderReader, version: u32): void {
  if (!reader.ok || version == 2 || version == 3) return;
  if (version == 1) return reader.fail('the file is GGUF version 1, which is no longer supported; convert it again');
  if ((version & 0xffff) == 0 && version != 0) {
    return reader.fail('the file is a big-endian GGUF file; only little-endian files are supported');
  }
  reader.fail(`the file is GGUF version ${version}; versions 2 and 3 are supported`);
}
