/** A function body, decoded into operators without copying: opcodes and their offsets. */
import { ByteReader, WasmFormatError } from './bytes.js';
import { op } from './op.js';
import { Immediates, opcodePrefix, operatorTable } from './opcodes.js';

export interface FunctionCode {
  /** The body's bytes: local declarations, then operators. */
  bytes: Uint8Array;
  /** Types of the declared locals (parameters not included), run-length encoded as in the binary. */
  locals: { count: number; type: number }[];
  localCount: number;
  /** Number of operators, the final `end` included. */
  count: number;
  /** Opcode of each operator (see opcodes.ts for prefixed ones). */
  opcodes: Uint16Array;
  /** Byte offset of each operator in `bytes`; one more entry for the end. */
  starts: Uint32Array;
  /** Whether the module's memory has 64-bit addresses. */
  memory64: boolean;
}

/** The most locals that a function may have (engines refuse more). */
const maxLocals = 50_000;

let opcodeScratch = new Uint16Array(1 << 12);
let startScratch = new Uint32Array(1 << 12);

function growScratch(): void {
  const opcodes = new Uint16Array(opcodeScratch.length * 2);
  opcodes.set(opcodeScratch);
  opcodeScratch = opcodes;
  const starts = new Uint32Array(startScratch.length * 2);
  starts.set(startScratch);
  startScratch = starts;
}

const { misc, vector } = opcodePrefix;
/** Opcodes of other features, as ranges from the first to the last. */
const refusedFeatures: readonly { opcodes: readonly [from: number, to: number]; feature: string }[] = [
  { opcodes: [0x06, 0x0a], feature: 'exceptions' },
  { opcodes: [0x14, 0x15], feature: 'function references' },
  { opcodes: [0x18, 0x19], feature: 'exceptions' },
  { opcodes: [0x1f, 0x1f], feature: 'exceptions' },
  { opcodes: [0xd3, 0xd6], feature: 'gc' },
  { opcodes: [0xfb, 0xfb], feature: 'gc' },
  { opcodes: [0xfe, 0xfe], feature: 'threads' },
];
const relaxedSimd = [0x100, 0x113] as const;

/** Reads an opcode with its prefix; refuses opcodes that opcodes.ts does not list. */
function readOpcode(reader: ByteReader): number {
  const at = reader.at;
  const first = reader.u8();
  if (first !== misc && first !== vector) {
    if (operatorTable[first] !== undefined) return first;
    const feature = refusedFeatures.find(({ opcodes: [from, to] }) => first >= from && first <= to)?.feature;
    if (feature !== undefined) throw new WasmFormatError(`${feature} support is not enabled`, at);
    throw new WasmFormatError(`illegal opcode: 0x${first.toString(16)}`, at);
  }
  const second = reader.u32();
  const opcode = second < 0x100 ? (first << 8) | second : -1;
  if (opcode >= 0 && operatorTable[opcode] !== undefined) return opcode;
  const [from, to] = relaxedSimd;
  if (first === vector && second >= from && second <= to)
    throw new WasmFormatError('relaxed SIMD support is not enabled', at);
  throw new WasmFormatError(`illegal opcode: 0x${first.toString(16)} 0x${second.toString(16)}`, at);
}

function zeroByte(reader: ByteReader): void {
  const at = reader.at;
  if (reader.u8() !== 0) throw new WasmFormatError('multi-memory support is not enabled: zero byte expected', at);
}

function memoryArgument(reader: ByteReader, memory64: boolean): void {
  const at = reader.at;
  if (reader.u32() >= 32)
    throw new WasmFormatError('multi-memory support is not enabled: malformed memop alignment', at);
  if (memory64) reader.u64();
  else reader.u32();
}

function skipImmediates(reader: ByteReader, kind: Immediates, memory64: boolean): void {
  switch (kind) {
    case Immediates.none:
      return;
    case Immediates.blockType:
      reader.s64(33);
      return;
    case Immediates.index:
      reader.u32();
      return;
    case Immediates.indexPair:
      reader.u32();
      reader.u32();
      return;
    case Immediates.branchTable: {
      const count = reader.u32();
      for (let i = 0; i <= count; i++) reader.u32();
      return;
    }
    case Immediates.memory:
      memoryArgument(reader, memory64);
      return;
    case Immediates.memoryLane:
      memoryArgument(reader, memory64);
      reader.u8();
      return;
    case Immediates.i32:
      reader.s32();
      return;
    case Immediates.i64:
      reader.s64();
      return;
    case Immediates.f32:
      reader.take(4);
      return;
    case Immediates.f64:
      reader.take(8);
      return;
    case Immediates.v128:
      reader.take(16);
      return;
    case Immediates.lane:
    case Immediates.heapType:
      reader.u8();
      return;
    case Immediates.typeVector:
      reader.take(reader.u32());
      return;
    case Immediates.zeroByte:
      zeroByte(reader);
      return;
    case Immediates.indexZeroByte:
      reader.u32();
      zeroByte(reader);
      return;
    case Immediates.twoZeroBytes:
      zeroByte(reader);
      zeroByte(reader);
      return;
  }
}

/**
 * Decodes one function body. The returned arrays are views of scratch memory that the next call overwrites: a function
 * is decoded, used and forgotten, so that a module of millions of operators needs no more memory than its largest one.
 */
export function decodeFunction(bytes: Uint8Array, memory64 = false): FunctionCode {
  const reader = new ByteReader(bytes);
  const locals: FunctionCode['locals'] = [];
  let localCount = 0;
  for (let i = reader.u32(); i > 0; i--) {
    const count = reader.u32();
    localCount += count;
    if (localCount > maxLocals) throw new WasmFormatError('too many locals: locals exceed maximum', reader.at);
    locals.push({ count, type: reader.u8() });
  }
  let count = 0;
  while (!reader.done) {
    if (count + 1 >= opcodeScratch.length) growScratch();
    startScratch[count] = reader.at;
    const opcode = readOpcode(reader);
    opcodeScratch[count++] = opcode;
    skipImmediates(reader, operatorTable[opcode]!.immediates, memory64);
  }
  startScratch[count] = reader.at;
  if (count === 0 || opcodeScratch[count - 1] !== op.end) {
    throw new WasmFormatError('function body must end with end opcode', reader.at);
  }
  return {
    bytes,
    locals,
    localCount,
    count,
    opcodes: opcodeScratch.subarray(0, count),
    starts: startScratch.subarray(0, count + 1),
    memory64,
  };
}

/** A reader placed behind operator `i`'s opcode, at its immediates. */
export function immediatesOf(code: FunctionCode, i: number): ByteReader {
  const reader = new ByteReader(code.bytes, code.starts[i]!, code.starts[i + 1]!);
  if (reader.u8() >= misc) reader.u32();
  return reader;
}

export interface MemoryArgument {
  align: number;
  /** Bytes; in a 64-bit memory rounded beyond 2^53, which no address reaches. */
  offset: number;
}

export function memoryArgumentOf(code: FunctionCode, i: number): MemoryArgument {
  const reader = immediatesOf(code, i);
  return { align: reader.u32(), offset: code.memory64 ? reader.u64() : reader.u32() };
}
