// Weights of four bits that are unpacked in the kernel.
import { load, loop, once, range, splat, store, sum, TOKEN_STRIDE } from './text.mjs';

/** U4X32: 0 .. 15; S4X32: -8 .. 7, held as 0 .. 15 with the 8 taken off again by the sum of the activations. */
export const PACKED = [
  { name: 'u4x32', bias: false },
  { name: 's4x32', bias: true },
];

/** Bytes of a group of 128 inputs: 4 scales of 4 rows, then 16 lanes-full of 8 weights of each block. */
const GROUP = 64 + 256;
const MASKS = [0x000f, 0x00f0, 0x0f00];

/**
 * One pass over some of the four blocks of a panel, for one or more tokens.
 *
 * The weights of block 1 come out 16 times too large, those of block 2 256 times: 32 products of the latter with 15-bit
 * activations may overflow. That does no harm once 8 is taken off the weights, for integers wrap and 8 * 256 * 32767 * 32 is
 * still below 2^31; U4X32 adds what was taken off again when the sum is a float.
 */
export function packedPass({ name, bias }, blocks, tokens) {
  const half = blocks.length === 2;
  const batched = tokens > 1;
  const part = !half ? '128' : blocks[0] === 0 ? 'low' : 'high';
  const lines = [
    `export function ${name}_${part}x${tokens}(w: usize, x: usize, sx: usize, y: usize, end: usize): void {`,
  ];
  for (const b of blocks.filter((b) => b < 3)) lines.push(`  const m${b} = i16x8.splat(${MASKS[b]});`);
  for (const t of range(tokens)) {
    blocks.forEach((b, i) => {
      for (const j of range(16)) {
        lines.push(`  const x${t}_${b}_${j} = ${splat('x', t * TOKEN_STRIDE + 64 * i + 4 * j)};`);
      }
      if (bias || b === 2) {
        const ones = `i16x8.splat(${-8 * (b === 1 ? 16 : b === 2 ? 256 : 1)})`;
        lines.push(
          `  const c${t}_${b} = ${sum(
            'i32x4',
            range(16).map((j) => `i32x4.dot_i16x8_s(x${t}_${b}_${j}, ${ones})`),
          )};`,
        );
        if (!bias) lines.push(`  const f${t} = f32x4.convert_i32x4_s(c${t}_2);`);
      }
    });
    for (const i of range(blocks.length / 2))
      lines.push(`  const s${t}_${i} = ${splat('sx', t * TOKEN_STRIDE + 4 * i)};`);
  }
  lines.push(`  let ${range(16).map((j) => `v${j}: v128`)};`);
  if (batched) {
    lines.push(`  let ${blocks.map((b) => `d${b}: v128`)};`);
    lines.push(`  let ${blocks.flatMap((b) => range(16).map((j) => `w${b}_${j}: v128`))};`);
  }
  const group = (g) =>
    range(tokens)
      .map((t) => {
        const sums = blocks.map((b) => {
          const dots = range(16).map((j) => {
            const bits = once(`v${j}`, load('w', g * GROUP + 64 + 16 * j), b === blocks[0]);
            const weights = b === 3 ? `i16x8.shr_u(${bits}, 12)` : `v128.and(${bits}, m${b})`;
            return `i32x4.dot_i16x8_s(${batched ? once(`w${b}_${j}`, weights, t === 0) : weights}, x${t}_${b}_${j})`;
          });
          if (bias || b === 2) dots.push(`c${t}_${b}`);
          const whole = `f32x4.convert_i32x4_s(${sum('i32x4', dots)})`;
          const value = bias || b !== 2 ? whole : `f32x4.sub(${whole}, f${t})`;
          const scale = load('w', g * GROUP + 16 * b);
          return `f32x4.mul(${value}, ${batched ? once(`d${b}`, scale, t === 0) : scale})`;
        });
        const passes = range(blocks.length / 2).map(
          (i) => `f32x4.mul(f32x4.add(${sums[2 * i]}, ${sums[2 * i + 1]}), s${t}_${i})`,
        );
        const offset = t * TOKEN_STRIDE + 16 * g;
        // Added half by half, whatever the width: so the result does not depend on how tokens were batched.
        return `      ${store('y', sum('f32x4', [load('y', offset), ...passes]), offset)}\n`;
      })
      .join('');
  const advance = (groups) => `      w += ${groups * GROUP};\n      y += ${16 * groups};\n`;
  const turn = batched ? 1 : 4;
  const turns = [];
  if (turn > 1) {
    lines.push(`  const turns = end - ((end - y) & ${16 * turn - 1});`);
    turns.push({ guard: 'y < turns', body: range(turn).map(group).join('') + advance(turn) });
  }
  turns.push({ guard: 'y < end', body: group(0) + advance(1) });
  return `${lines.join('\n')}\n${loop(turns)}}\n`;
}
