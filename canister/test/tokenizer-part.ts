import { ggufBytes } from '../../test/gguf/header.js';
import { Part } from './part.js';
import { type TokenizerFile, tokenizerGguf } from './reference/tokenizer.js';

/** The exports of testing/tokenizer.ts. */
interface Exports {
  tokenizer_load(size: number): number;
  tokenizer_dispose(): void;
  tokenizer_encode(text: number, bytes: number, addSpecial: number, parseSpecial: number): number;
  tokenizer_encode_rendered(text: number, bytes: number, runs: number, count: number): number;
  tokenizer_tokens(): number;
  tokenizer_decode(id: number, showSpecial: number, dst: number): number;
  tokenizer_summary(): void;
  tokenizer_attributes(id: number): number;
  breakers_begin(most: number): number;
  breakers_add(text: number, size: number): number;
  breakers_behind(tokens: number, count: number): number;
  breakers_has(id: number): number;
  character_class(point: number): number;
  character_lower(point: number): number;
  character_base(point: number): number;
  character_control(point: number): number;
  stream_begin(): void;
  stream_push(src: number, length: number, dst: number): number;
  stream_flush(dst: number): number;
}

export interface EncodeOptions {
  addSpecial?: boolean;
  parseSpecial?: boolean;
}

/** The engine's tokenizer on one vocabulary. */
export class TokenizerPart {
  readonly part: Part<Exports>;

  private constructor(part: Part<Exports>) {
    this.part = part;
  }

  static async load(): Promise<TokenizerPart> {
    return new TokenizerPart(await Part.load<Exports>());
  }

  /** Reads the vocabulary of a GGUF file; returns the problem, or an empty text. */
  read(bytes: Uint8Array): string {
    this.part.open(bytes);
    this.part.exports.tokenizer_load(bytes.length);
    return this.part.said();
  }

  readFile(file: TokenizerFile): string {
    return this.read(ggufBytes(tokenizerGguf(file)).bytes);
  }

  /** The tokens of a text; throws the tokenizer's error. */
  encode(text: string | Uint8Array, { addSpecial = false, parseSpecial = false }: EncodeOptions = {}): number[] {
    const { part } = this;
    const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
    return part.with(bytes, (ptr) => {
      const count = part.exports.tokenizer_encode(ptr, bytes.length, Number(addSpecial), Number(parseSpecial));
      if (count < 0) throw new Error(part.said());
      const tokens = part.bytes(part.exports.tokenizer_tokens(), 4 * count).slice();
      return [...new Int32Array(tokens.buffer)];
    });
  }

  /** The tokens of a chat template's output; pieces that come from messages are marked. */
  encodeRendered(segments: readonly { text: string; fromTemplate: boolean }[]): number[] {
    const { part } = this;
    let offset = 0;
    const runs = segments.map(({ text, fromTemplate }) => {
      const run = (offset << 1) | Number(fromTemplate);
      offset += Buffer.byteLength(text);
      return run;
    });
    const words = new Uint8Array(Uint32Array.from(runs).buffer);
    const whole = segments.map(({ text }) => text).join('');
    return part.withText(whole, (ptr, length) =>
      part.with(words, (runsPtr) => {
        const count = part.exports.tokenizer_encode_rendered(ptr, length, runsPtr, runs.length);
        if (count < 0) throw new Error(part.said());
        return [...new Int32Array(part.bytes(part.exports.tokenizer_tokens(), 4 * count).slice().buffer)];
      }),
    );
  }

  /** Bytes of the tokens' texts. */
  decode(ids: readonly number[], showSpecial = true): Uint8Array {
    const { part } = this;
    const room = new Uint8Array(this.summary().longestPiece + 1);
    return part.with(room, (ptr) =>
      Buffer.concat(
        ids.map((id) => {
          const length = part.exports.tokenizer_decode(id, Number(showSpecial), ptr);
          if (length >= room.length) throw new Error(`the piece of ${id} has ${length} bytes`);
          return part.bytes(ptr, length).slice();
        }),
      ),
    );
  }

  /** Sets the sequence breakers. */
  breakAt(texts: readonly string[]): void {
    const { exports } = this.part;
    if (!exports.breakers_begin(texts.length)) throw new Error('no memory');
    for (const text of texts) {
      if (!this.part.withText(text, (ptr, length) => exports.breakers_add(ptr, length))) throw new Error('no memory');
    }
  }

  /** How many of the tokens follow the last sequence breaker. */
  behind(tokens: readonly number[]): number {
    const bytes = new Uint8Array(Int32Array.from(tokens).buffer);
    return this.part.with(bytes, (ptr) => this.part.exports.breakers_behind(ptr, tokens.length));
  }

  summary() {
    this.part.exports.tokenizer_summary();
    const [size, longestPiece, bos, eos, eot, eom, unknown, padding, addBos, addEos, ...ends] = this.part
      .said()
      .split(' ');
    const ids = { bos, eos, eot, eom, unknown, padding };
    return {
      size: Number(size),
      longestPiece: Number(longestPiece),
      ...(Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, Number(id)])) as Record<
        keyof typeof ids,
        number
      >),
      addBos: addBos === 'true',
      addEos: addEos === 'true',
      ends: ends.filter((id) => id !== '').map(Number),
    };
  }
}
