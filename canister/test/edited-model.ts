/** A model file with another chat template, or with other texts and types of some tokens; its weights are unchanged. */

const ALIGNMENT = 32;
const STRING = 8;
const ARRAY = 9;
const BYTES = [1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8];
const CONTROL = 3;

interface Edits {
  template?: string;
  /** Tokens, by their number, that become control tokens with these names. */
  controls?: Record<number, string>;
}

const text = (value: string) => {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(bytes.length));
  return Buffer.concat([length, bytes]);
};

export function edited(file: Buffer, { template, controls = {} }: Edits): Buffer {
  let at = 24;
  const count = () => {
    at += 8;
    return Number(file.readBigUInt64LE(at - 8));
  };
  const string = () => {
    const length = count();
    at += length;
    return file.subarray(at - length, at).toString();
  };
  const skip = (type: number): void => {
    if (type === STRING) string();
    else if (type !== ARRAY) at += BYTES[type]!;
    else {
      const of = file.readUInt32LE(at);
      at += 4;
      for (let left = count(); left > 0; left--) skip(of);
    }
  };
  const parts = [file.subarray(0, at)];
  for (let left = Number(file.readBigUInt64LE(16)); left > 0; left--) {
    const begin = at;
    const key = string();
    const type = file.readUInt32LE(at);
    at += 4;
    const value = at;
    skip(type);
    let content: Buffer = file.subarray(value, at);
    if (key === 'tokenizer.chat_template' && template !== undefined) content = text(template);
    if (key === 'tokenizer.ggml.tokens') {
      const end = at;
      at = value + 12;
      const tokens: Buffer[] = [file.subarray(value, at)];
      for (let id = 0; at < end; id++) {
        const from = at;
        string();
        const name = controls[id];
        tokens.push(name === undefined ? file.subarray(from, at) : text(name));
      }
      content = Buffer.concat(tokens);
    }
    if (key === 'tokenizer.ggml.token_type') {
      content = Buffer.from(content);
      for (const id of Object.keys(controls)) content.writeInt32LE(CONTROL, 12 + 4 * Number(id));
    }
    parts.push(file.subarray(begin, value), content);
  }
  const tensors = at;
  for (let left = Number(file.readBigUInt64LE(8)); left > 0; left--) {
    string();
    const dimensions = file.readUInt32LE(at);
    at += 4 + 8 * dimensions + 4 + 8;
  }
  parts.push(file.subarray(tensors, at));
  const header = parts.reduce((sum, { length }) => sum + length, 0);
  const padding = Buffer.alloc((ALIGNMENT - (header % ALIGNMENT)) % ALIGNMENT);
  return Buffer.concat([...parts, padding, file.subarray(Math.ceil(at / ALIGNMENT) * ALIGNMENT)]);
}
