import type { Token, TokenizerFile } from './tokenizer.js';
import { tokenType } from './tokenizer.js';

type Read = number | bigint | boolean | string | Read[];

/** Reads the metadata of a sound GGUF file, and checks nothing. */
function metadata(file: Uint8Array): Map<string, Read> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let at = 24;
  const advance = (bytes: number) => {
    at += bytes;
    return at - bytes;
  };
  const u64 = () => Number(view.getBigUint64(advance(8), true));
  const text = () => {
    const length = u64();
    const from = advance(length);
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(file.subarray(from, from + length));
  };
  const readers: (() => Read)[] = [
    () => view.getUint8(advance(1)),
    () => view.getInt8(advance(1)),
    () => view.getUint16(advance(2), true),
    () => view.getInt16(advance(2), true),
    () => view.getUint32(advance(4), true),
    () => view.getInt32(advance(4), true),
    () => view.getFloat32(advance(4), true),
    () => view.getUint8(advance(1)) !== 0,
    text,
    () => {
      const element = readers[view.getUint32(advance(4), true)]!;
      return Array.from({ length: u64() }, element);
    },
    () => view.getBigUint64(advance(8), true),
    () => view.getBigInt64(advance(8), true),
    () => view.getFloat64(advance(8), true),
  ];
  const keys = Number(view.getBigUint64(16, true));
  const entries = Array.from({ length: keys }, () => {
    const key = text();
    return [key, readers[view.getUint32(advance(4), true)]!()] as const;
  });
  return new Map(entries);
}

/** The tokenizer of a GGUF file, for the reference. */
export function readTokenizerFile(file: Uint8Array): TokenizerFile & { addSpacePrefix: boolean } {
  const values = metadata(file);
  const get = <T>(key: string) => values.get(`tokenizer.ggml.${key}`) as T | undefined;
  const types = Object.entries(tokenType) as [keyof typeof tokenType, number][];
  const typeNames = new Map(types.map(([name, type]) => [type, name]));
  const scores = get<number[]>('scores');
  const tokenTypes = get<number[]>('token_type');
  const tokens = get<string[]>('tokens')!.map((text, id): Token => {
    const type = typeNames.get(tokenTypes?.[id] ?? 1) ?? 'normal';
    return { text, type, score: scores?.[id] ?? 0 };
  });
  const merges = get<string[]>('merges')?.map((merge): [string, string] => {
    const gap = merge.indexOf(' ', 1);
    return [merge.slice(0, gap), merge.slice(gap + 1)];
  });
  const model = get<'llama' | 'gpt2'>('model')!;
  const pre = get<string>('pre');
  return {
    model,
    tokens,
    ...(pre === undefined ? {} : { pre }),
    ...(merges ? { merges } : {}),
    addSpacePrefix: get<boolean>('add_space_prefix') ?? model === 'llama',
  };
}
