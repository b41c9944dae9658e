import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { text } from './texts.js';
import { TokenizerPart } from './tokenizer-part.js';

let part: TokenizerPart['part'];
beforeAll(async () => {
  ({ part } = await TokenizerPart.load());
});

/** The output of a stream after each piece, and at the end. */
function stream(pieces: readonly Uint8Array[]): string[] {
  part.exports.stream_begin();
  const room = new Uint8Array(3 * (Math.max(0, ...pieces.map(({ length }) => length)) + 3));
  return part.with(room, (dst) => {
    const out = pieces.map((piece) =>
      part.with(piece, (src) => {
        const length = part.exports.stream_push(src, piece.length, dst);
        expect(length).toBeLessThanOrEqual(3 * (piece.length + 3));
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(part.bytes(dst, length));
      }),
    );
    const length = part.exports.stream_flush(dst);
    return [...out, new TextDecoder('utf-8', { fatal: true }).decode(part.bytes(dst, length))];
  });
}

function cut(bytes: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (const length of lengths) {
    pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  return [...pieces, bytes.subarray(at)];
}

describe('text in pieces', () => {
  it('comes out in whole characters', () => {
    const [e, acute, llama] = ['e', 'é', '🦙'].map((text) => Buffer.from(text));
    expect(stream([e!, acute!.subarray(0, 1), acute!.subarray(1)])).toEqual(['e', '', 'é', '']);
    expect(stream([0, 1, 2, 3].map((i) => llama!.subarray(i, i + 1)))).toEqual(['', '', '', '🦙', '']);
    expect(stream([llama!.subarray(0, 3), e!])).toEqual(['', '\ufffde', '']);
    expect(stream([llama!.subarray(0, 3)])).toEqual(['', '\ufffd']);
  });

  it('is the whole text, wherever it was cut', () => {
    fc.assert(
      fc.property(text, fc.array(fc.nat(5)), (text, lengths) => {
        expect(stream(cut(Buffer.from(text), lengths)).join('')).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  it('is always valid UTF-8; ill-formed bytes are replaced as by TextDecoder', () => {
    const byte = fc.oneof(
      fc.integer({ min: 0, max: 255 }),
      fc.constantFrom(0xc2, 0xe0, 0xed, 0xf0, 0xf4, 0x80, 0xbf, 0x41),
    );
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 40 }), fc.array(fc.nat(3)), (bytes, lengths) => {
        const all = Uint8Array.from(bytes);
        const expected = new TextDecoder('utf-8', { ignoreBOM: true }).decode(all);
        expect(stream(cut(all, lengths)).join('')).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });
});
