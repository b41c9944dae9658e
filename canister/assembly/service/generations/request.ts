/**
 * What a job was asked for beside its prompt, as it stands in its file:
 *
 *     [ version: u16 | path of the session, a text | sampling, a list | stop texts, a list
 *       | format: u32, 0 = any text, 1 = a grammar, 2 = a JSON schema | the grammar or schema, a text
 *       | flags: u32, 1 = it answers messages, 2 = one call at most, 4 = thoughts are limited, 8 = it continues the text of the
 *         last message, 16 = its thoughts
 *       | choice of tools: u32, 0 = as the model likes, 1 = none, 2 = one at least | the tool that has to be called, a text
 *       | tools, a text: JSON | tokens of thoughts: u32 | alternatives that are told beside each token, and one: u32 ]
 *
 * A text is its bytes, u32, and UTF-8; a list is the number of its texts, u32, and these. A version grows by parts at its
 * end.
 */
import { Text } from '../../ic/candid/values';
import { Continues } from '../../llm/template/continues';
import { Extent } from '../../memory/extent';
import { Problem } from '../../problem';
import { File } from '../../storage/file';
import { HEADER } from './job';

const VERSION: u16 = 1;
export const ANY_TEXT: u32 = 0;
export const GRAMMAR: u32 = 1;
export const SCHEMA: u32 = 2;
const CHAT: u32 = 1;
const SINGLE: u32 = 2;
const LIMITED: u32 = 4;
const CONTINUES_TEXT: u32 = 8;
const CONTINUES_THOUGHTS: u32 = 16;
const word: usize = memory.data(8, 8);
/** The beginning of a request, with a path of up to 4096 bytes. */
const START: u64 = 4104;
const start: usize = memory.data(4104, 8);
const NO_TEXT = new Text(0, 0);


@final
export class JobRequest {
  /** Path of the caller's session; empty: it has one of its own. */
  session: Text = NO_TEXT;
  /** Flags of the command line. */
  sampling: Text[] = [];
  stop: Text[] = [];
  /** The constraint of the answer, of the kind {@link format}. */
  format: u32 = ANY_TEXT;
  constraint: Text = NO_TEXT;
  /** Whether it answers messages, by the chat template. */
  isChat: bool = false;
  /** What of the last message it goes on with. */
  continues: Continues = Continues.Nothing;
  /** The offered tools, a JSON array, and the choice among them. */
  tools: Text = NO_TEXT;
  choice: u32 = 0;
  /** The tool that must be called; empty for any. */
  tool: Text = NO_TEXT;
  isParallel: bool = true;
  /** Tokens of thoughts; negative: as many as the model likes. */
  mostThoughts: i64 = -1;
  /** Alternatives reported for each token; negative: tokens are not reported. */
  alternatives: i32 = -1;
  /** The memory of the texts, if they were read from a file. */
  private readonly space: Extent = new Extent();

  /** Its bytes in a file. */
  get size(): u32 {
    const texts = this.session.size + this.constraint.size + this.tool.size + this.tools.size;
    return 2 + 9 * 4 + texts + sizeOf(this.sampling) + sizeOf(this.stop);
  }

  private get continued(): u32 {
    if (this.continues == Continues.Nothing) return 0;
    return this.continues == Continues.Text ? CONTINUES_TEXT : CONTINUES_THOUGHTS;
  }

  /** Writes it after a job's header. */
  write(file: File): Problem | null {
    const writer = new RequestWriter(file);
    store<u16>(word, VERSION);
    writer.put(word, 2);
    writer.putText(this.session);
    writer.putList(this.sampling);
    writer.putList(this.stop);
    writer.putNumber(this.format);
    writer.putText(this.constraint);
    const limited = this.mostThoughts >= 0 ? LIMITED : 0;
    writer.putNumber((this.isChat ? CHAT : 0) | (this.isParallel ? 0 : SINGLE) | limited | this.continued);
    writer.putNumber(this.choice);
    writer.putText(this.tool);
    writer.putText(this.tools);
    writer.putNumber(this.mostThoughts >= 0 ? <u32>this.mostThoughts : 0);
    writer.putNumber(this.alternatives + 1);
    return writer.problem;
  }

  /** The session that the request in a file continues, without reading the rest; empty if the job has one of its own. */
  static sessionIn(file: File): string {
    const size = <u32>file.read(HEADER, start, START);
    return new RequestReader(start + 2, start + max<u32>(size, 2)).text().toString();
  }

  /** Reads a request of `size` bytes; null if the heap has no room. Its texts are valid until it is disposed of. */
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
    const flags = reader.number();
    request.isChat = (flags & CHAT) != 0;
    request.isParallel = (flags & SINGLE) == 0;
    if ((flags & CONTINUES_TEXT) != 0) request.continues = Continues.Text;
    if ((flags & CONTINUES_THOUGHTS) != 0) request.continues = Continues.Thoughts;
    request.choice = reader.number();
    request.tool = reader.text();
    request.tools = reader.text();
    const thoughts = reader.number();
    if ((flags & LIMITED) != 0) request.mostThoughts = thoughts;
    request.alternatives = <i32>reader.number() - 1;
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
