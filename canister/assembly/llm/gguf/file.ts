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
  /** Why the file cannot be used; empty if it can. Nothing else here means anything unless it is empty. */
  error: string = '';
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
 * Reads and checks a file's header. Cost: about 100 instructions per string of its arrays, so some 50 M for a
 * vocabulary of 150 k tokens with as many merges; bounded by MAX_HEADER_BYTES whatever the file claims.
 */
export function readGguf(source: ByteSource): GgufFile {
  const file = new GgufFile(source);
  const reader = new HeaderReader(source);
  parse(file, reader);
  file.error = reader.error;
  reader.close();
  return file;
}

function parse(file: GgufFile, reader: HeaderReader): void {
  checkMagic(reader);
  file.version = reader.u32('the version');
  checkVersion(reader, file.version);
  const tensors = reader.u64('the number of tensors');
  const keys = reader.u64('the number of metadata keys');
  file.metadata.parse(reader, keys);
  if (!reader.ok) return;
  const alignment = file.metadata.u32('general.alignment', DEFAULT_ALIGNMENT);
  const parts = file.metadata.u32('split.count', 0);
  if (file.metadata.error.length > 0) return reader.fail(file.metadata.error);
  if (alignment == 0 || (alignment & (alignment - 1)) != 0 || alignment > MAX_ALIGNMENT) {
    return reader.fail(`general.alignment is ${alignment}; a power of two up to ${MAX_ALIGNMENT} is accepted`);
  }
  if (parts > 1) {
    return reader.fail(
      `the file is one of ${parts} parts of a split model; join them first (llama-gguf-split --merge) and use the result`,
    );
  }
  file.alignment = alignment;
  file.tensors.parse(reader, tensors);
  if (!reader.ok) return;
  file.dataOffset = (reader.position + alignment - 1) & ~(<u64>alignment - 1);
  reader.fail(file.tensors.place(file.dataOffset, alignment, file.source.size()));
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
