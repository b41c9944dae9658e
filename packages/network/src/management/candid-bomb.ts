/**
 * Candid messages that decode a few bytes to billions of values: vectors of values without bytes. No management method
 * has such a type, and a message with one in a field that would be skipped is refused before it is decoded.
 */
import { ByteReader } from '../wasm/bytes.js';

const magic = [0x44, 0x49, 0x44, 0x4c];
const opcode = { opt: -18, vec: -19, record: -20, variant: -21, func: -22, service: -23 } as const;
/** null, reserved, empty. */
const sizeless: ReadonlySet<number> = new Set([-1, -16, -17]);
const maxTypes = 10_000;

type Entry = { kind: 'vec'; element: number } | { kind: 'record'; fields: number[] } | { kind: 'other' };

function entry(reader: ByteReader): Entry {
  const code = reader.s32();
  if (code === opcode.opt) {
    reader.s32();
    return { kind: 'other' };
  }
  if (code === opcode.vec) return { kind: 'vec', element: reader.s32() };
  if (code === opcode.record || code === opcode.variant) {
    const fields: number[] = [];
    for (let i = reader.u32(); i > 0; i--) {
      reader.u32();
      fields.push(reader.s32());
    }
    return code === opcode.record ? { kind: 'record', fields } : { kind: 'other' };
  }
  if (code === opcode.func) {
    for (const _ of ['arguments', 'results']) for (let i = reader.u32(); i > 0; i--) reader.s32();
    for (let i = reader.u32(); i > 0; i--) reader.u8();
  } else if (code === opcode.service) {
    for (let i = reader.u32(); i > 0; i--) {
      reader.take(reader.u32());
      reader.s32();
    }
  } else reader.take(reader.u32());
  return { kind: 'other' };
}

/** Whether a message's type table has a vector of values without bytes. Unreadable messages are left to the decoder. */
export function isCandidBomb(bytes: Uint8Array): boolean {
  try {
    const reader = new ByteReader(bytes);
    if (magic.some((byte) => reader.u8() !== byte)) return false;
    const count = reader.u32();
    if (count > maxTypes) return true;
    const types: Entry[] = [];
    for (let i = 0; i < count; i++) types.push(entry(reader));
    // A record takes no bytes if none of its fields does; a recursive type takes some, or has no value at all.
    const empty = new Array<boolean>(count).fill(false);
    const takesNothing = (type: number) => sizeless.has(type) || empty[type] === true;
    for (let changed = true; changed; ) {
      changed = false;
      types.forEach((type, i) => {
        if (empty[i] || type.kind !== 'record' || !type.fields.every(takesNothing)) return;
        empty[i] = true;
        changed = true;
      });
    }
    return types.some((type) => type.kind === 'vec' && takesNothing(type.element));
  } catch {
    return false;
  }
}
