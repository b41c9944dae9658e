// Matrix times vectors: one pass over a panel of inputs and all rows.
import { load, load8, loop, once, range, splat, store, sum, TOKEN_STRIDE } from './text.mjs';

/**
 * The shapes of integer weights.
 * block: inputs per weight scale; inputs: per scale of the activations; widths: of a pass for one token; batched: for more.
 */
export const INTEGER = [
  { name: 'i8x32', block: 32, inputs: 64, widths: [128, 64], batched: [64] },
  { name: 'i8x16', block: 16, inputs: 64, widths: [128, 64], batched: [64] },
  { name: 'i8x8', block: 8, inputs: 8, widths: [32], batched: [32] },
];

/** One pass of an integer kernel over `width` inputs of `tokens` tokens. */
export function integerPass({ name, block, inputs }, width, tokens, turn) {
  const blockBytes = 16 + 4 * block;
  const bytes = (width / block) * blockBytes;
  const batched = tokens > 1;
  const lines = [];
  lines.push(
    `export function ${name}_${width}x${tokens}(w: usize, ${batched ? 'stride: usize, ' : ''}x: usize, sx: usize, y: usize, end: usize): void {`,
  );
  for (const t of range(tokens)) {
    for (const j of range(width / 2)) lines.push(`  const x${t}_${j} = ${splat('x', t * TOKEN_STRIDE + 4 * j)};`);
    for (const j of range(width / inputs)) lines.push(`  const s${t}_${j} = ${splat('sx', t * TOKEN_STRIDE + 4 * j)};`);
  }
  if (batched) {
    lines.push(`  let ${range(width / block).map((b) => `m${b}: v128`)};`);
    lines.push(`  let ${range(width / 2).map((j) => `w${j}: v128`)};`);
  }
  const group = (g) => {
    const out = [];
    for (const t of range(tokens)) {
      const first = t === 0;
      const passes = range(width / inputs).map((p) => {
        const blocks = range(inputs / block).map((i) => {
          const b = (p * inputs) / block + i;
          const base = g * bytes + b * blockBytes;
          const dots = range(block / 2).map((k) => {
            const j = (b * block) / 2 + k;
            const weights = load8('w', base + 16 + 8 * k);
            return `i32x4.dot_i16x8_s(${batched ? once(`w${j}`, weights, first) : weights}, x${t}_${j})`;
          });
          const scale = load('w', base);
          return `f32x4.mul(f32x4.convert_i32x4_s(${sum('i32x4', dots)}), ${batched ? once(`m${b}`, scale, first) : scale})`;
        });
        return `f32x4.mul(${sum('f32x4', blocks)}, s${t}_${p})`;
      });
      const offset = t * TOKEN_STRIDE + 16 * g;
      // Added pass by pass, whatever the width: so the result does not depend on how tokens were batched.
      out.push(`      ${store('y', sum('f32x4', [load('y', offset), ...passes]), offset)}\n`);
    }
    return out.join('');
  };
  const advance = (groups) => {
    const step = batched ? (groups === 1 ? 'stride' : `stride * ${groups}`) : groups * bytes;
    return `      w += ${step};\n      y += ${16 * groups};\n`;
  };
  const turns = [];
  if (turn > 1) {
    lines.push(`  const turns = end - ((end - y) & ${16 * turn - 1});`);
    turns.push({ guard: 'y < turns', body: range(turn).map(group).join('') + advance(turn) });
  }
  turns.push({ guard: 'y < end', body: group(0) + advance(1) });
  return `${lines.join('\n')}\n${loop(turns)}}\n`;
}

/** One pass of the f32 kernel over `width` inputs of `tokens` tokens. */
export function floatPass(width, tokens, turn) {
  const bytes = 16 * width;
  const batched = tokens > 1;
  const lines = [`export function f32_${width}x${tokens}(w: usize, x: usize, y: usize, end: usize): void {`];
  for (const t of range(tokens))
    for (const j of range(width)) lines.push(`  const x${t}_${j} = ${splat('x', t * TOKEN_STRIDE + 4 * j)};`);
  if (batched) lines.push(`  let ${range(width).map((j) => `w${j}: v128`)};`);
  const group = (g) =>
    range(tokens)
      .map((t) => {
        const products = range(width).map((j) => {
          const weights = load('w', g * bytes + 16 * j);
          return `f32x4.mul(${batched ? once(`w${j}`, weights, t === 0) : weights}, x${t}_${j})`;
        });
        const offset = t * TOKEN_STRIDE + 16 * g;
        return `      ${store('y', `f32x4.add(${load('y', offset)}, ${sum('f32x4', products)})`, offset)}\n`;
      })
      .join('');
  const advance = (groups) => `      w += ${groups * bytes};\n      y += ${16 * groups};\n`;
  const turns = [];
  if (turn > 1) {
    lines.push(`  const turns = end - ((end - y) & ${16 * turn - 1});`);
    turns.push({ guard: 'y < turns', body: range(turn).map(group).join('') + advance(turn) });
  }
  turns.push({ guard: 'y < end', body: group(0) + advance(1) });
  return `${lines.join('\n')}\n${loop(turns)}}\n`;
}
