/**
 * What a job was asked for beside its prompt, as it stands in its file:
 *
 *     [ version: u16 | path of the session, a text | sampling, a list | stop texts, a list
 *       | format: u32, 0 = any text, 1 = a grammar, 2 = a JSON schema | the grammar or schema, a text ]
 *
 * A text is its bytes, u32, and UTF-8; a list is the number of its texts, u32, and these. A version grows by parts at its
 * end.
 */
import { Text } from '../../ic/candid/values';
import { Extent } from '../../memory/extent';
import { Problem } from '../../problem';
import { File } from '../../storage/file';
import { HEADER } from './job';

const VERSION: u16 = 1;
export const ANY_TEXT: u32 = 0;
export const GRAMMAR: u32 = 1;
export const SCHEMA: u32 = 2;
const word: usize = memory.data(8, 8);


@final
export class JobRequest {
  /** Path of the caller's session; empty: it has one of its own. */
  session: Text = new Text(0, 0);
  /** Flags of the command line. */
  sampling: Text[] = [];
  stop: Text[] = [];
  /** What the answer has to fit, as {@link format} says. */
  format: u32 = ANY_TEXT;
  constraint: Text = new Text(0, 0);
  /** What the texts lie in, if they were read from a file. */
  private readonly space: Extent = new Extent();

  /** Bytes of it in a file. */
  get size(): u32 {
    return 2 + 4 + this.session.size + sizeOf(this.sampling) + sizeOf(this.stop) + 8 + this.constraint.size;
  }

  /** Writes it behind a job's header. */
  write(file: File): Problem | null {
    const writer = new RequestWriter(file);
    store<u16>(word, VERSION);
    writer.put(word, 2);
    writer.putText(this.session);
    writer.putList(this.sampling);
    writer.putList(this.stop);
    writer.putNumber(this.format);
    writer.putText(this.constraint);
    return writer.problem;
  }

  /** Reads it, `size` bytes; null if the heap has no room. Its texts are there until it is disposed of. */
  static read(file: File, size: u32): JobRequest | null {
    const request = new JobRequest();
    const space = request.space;
    if (!space.reserve(max<u32>(size, 1))) return null;
    const reader = new RequestReader(space.ptr + 2, space.ptr + <u32>file.read(HEADER, space.ptr, size));
    request.session = reader.text();
    request.sampling = reader.list();
    request.stop = reader.list();
    request.format = reader.number();
    request.constraint = reader.text();
    return request;
  }

  dispose(): void {
    this.space.release();
  }
}

function sizeOf(texts: Text[]): u32 {
  let size: u32 = 4;
  for (let i = 0; i < texts.length; ++i) size += 4 + texts[i].size;
  return size;
}

class RequestWriter {
  problem: Problem | null = null;
  private at: u64 = HEADER;

  constructor(private readonly file: File) {}

  put(ptr: usize, size: u32): void {
    if (this.problem !== null || size == 0) return;
    this.problem = this.file.write(this.at, ptr, size);
    this.at += size;
  }

  putNumber(value: u32): void {
    store<u32>(word, value);
    this.put(word, 4);
  }

  putText(text: Text): void {
    this.putNumber(text.size);
    this.put(text.ptr, text.size);
  }

  putList(texts: Text[]): void {
    this.putNumber(texts.length);
    for (let i = 0; i < texts.length; ++i) this.putText(texts[i]);
  }
}

class RequestReader {
  constructor(
    private at: usize,
    private readonly end: usize,
  ) {}

  number(): u32 {
    if (this.end - this.at < 4 || this.at > this.end) return 0;
    const value = load<u32>(this.at);
    this.at += 4;
    return value;
  }

  text(): Text {
    const size = min(this.number(), <u32>(this.end - this.at));
    const text = new Text(this.at, size);
    this.at += size;
    return text;
  }

  list(): Text[] {
    const texts: Text[] = [];
    const count = this.number();
    for (let i: u32 = 0; i < count && this.at < this.end; ++i) texts.push(this.text());
    return texts;
  }
}
