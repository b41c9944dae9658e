// Weights of four bits, unpacked in the kernel.
import { each, groupLoop, join, load, once, range, splat, store, sum, TOKEN_STRIDE } from './text.mjs';

/** U4X32: 0 .. 15; S4X32: -8 .. 7, stored as 0 .. 15, and the kernel subtracts 8 times the sum of the activations. */
export const PACKED = [
  { name: 'u4x32', bias: false },
  { name: 's4x32', bias: true },
];

/** Bytes of a group of 128 inputs: 4 scales of 4 rows, then 16 registers with 8 weights of each block. */
const GROUP = 64 + 256;
const MASKS = [0x000f, 0x00f0, 0x0f00];

/**
 * One pass over a panel for one or more tokens.
 *
 * The weights of block 1 come out 16 times too large, those of block 2 256 times: 32 products of the latter with 15-bit
 * activations may overflow. That does no harm once 8 is taken off the weights, for integers wrap and 8 * 256 * 32767 * 32 is
 * still below 2^31; U4X32 adds what was taken off again when the sum is a float.
 */
export function packedPass({ name, bias }, tokens) {
  const batched = tokens > 1;
  const lines = [
    `export function ${name}_128x${tokens}(w: usize, x: usize, sx: usize, y: usize, end: usize): void {`,
    ...MASKS.map((mask, b) => `  const m${b} = i16x8.splat(${mask});`),
  ];
  for (const t of range(tokens)) {
    for (const b of range(4)) {
      for (const j of range(16)) {
        lines.push(`  const x${t}_${b}_${j} = ${splat('x', t * TOKEN_STRIDE + 64 * b + 4 * j)};`);
      }
      if (bias || b === 2) {
        const ones = `i16x8.splat(${-8 * (b === 1 ? 16 : b === 2 ? 256 : 1)})`;
        const dots = range(16).map((j) => `i32x4.dot_i16x8_s(x${t}_${b}_${j}, ${ones})`);
        lines.push(`  const c${t}_${b} = ${sum('i32x4', dots)};`);
        if (!bias) lines.push(`  const f${t} = f32x4.convert_i32x4_s(c${t}_2);`);
      }
    }
    for (const p of range(2)) lines.push(`  const s${t}_${p} = ${splat('sx', t * TOKEN_STRIDE + 4 * p)};`);
  }
  lines.push(`  let ${range(16).map((j) => `v${j}: v128`)};`);
  if (batched) {
    lines.push(`  let d: v128;`, `  let ${range(16).map((j) => `w${j}: v128`)};`);
    lines.push(`  let ${each('pass', tokens)};`, `  let ${each('sum', tokens)};`);
  }
  /** Block b of token t in the group that is g groups after the pointers. */
  const block = (g, b, t) => {
    const dots = range(16).map((j) => {
      const unpacked = () => {
        const bits = once(`v${j}`, load('w', g * GROUP + 64 + 16 * j), b === 0);
        return b === 3 ? `i16x8.shr_u(${bits}, 12)` : `v128.and(${bits}, m${b})`;
      };
      const weights = batched ? once(`w${j}`, t === 0 ? unpacked() : '', t === 0) : unpacked();
      return `i32x4.dot_i16x8_s(${weights}, x${t}_${b}_${j})`;
    });
    if (bias || b === 2) dots.push(`c${t}_${b}`);
    const whole = `f32x4.convert_i32x4_s(${sum('i32x4', dots)})`;
    const value = bias || b !== 2 ? whole : `f32x4.sub(${whole}, f${t})`;
    const scale = load('w', g * GROUP + 16 * b);
    return `f32x4.mul(${value}, ${batched ? once('d', scale, t === 0) : scale})`;
  };
  const vector = (g) => {
    const passes = range(2).map(
      (p) => `f32x4.mul(f32x4.add(${block(g, 2 * p, 0)}, ${block(g, 2 * p + 1, 0)}), s0_${p})`,
    );
    return `      ${store('y', sum('f32x4', [load('y', 16 * g), ...passes]), 16 * g)}\n`;
  };
  const step = (b, t) => {
    if (b % 2 === 0) return `      pass${t} = ${block(0, b, t)};\n`;
    const p = b >> 1;
    const before = p === 0 ? load('y', t * TOKEN_STRIDE) : `sum${t}`;
    const total = `f32x4.add(${before}, f32x4.mul(f32x4.add(pass${t}, ${block(0, b, t)}), s${t}_${p}))`;
    return b === 3 ? `      ${store('y', total, t * TOKEN_STRIDE)}\n` : `      sum${t} = ${total};\n`;
  };
  const matrix = () =>
    range(4)
      .map((b) => {
        const steps = range(tokens)
          .map((t) => step(b, t))
          .join('');
        return b === 3 ? steps : steps + join(b === 1 ? 'sum' : 'pass', tokens);
      })
      .join('');
  return `${lines.join('\n')}\n${batched ? groupLoop(1, GROUP, matrix) : groupLoop(4, GROUP, vector)}}\n`;
}
