// Matrix times vectors: one pass over a panel of inputs and all rows.
import { each, groupLoop, join, load, load8, once, range, splat, store, sum, TOKEN_STRIDE } from './text.mjs';

/**
 * The shapes of integer weights.
 * block: inputs per weight scale; inputs: inputs per scale of the activations; widths: of a pass.
 */
export const INTEGER = [
  { name: 'i8x32', block: 32, inputs: 64, widths: [128, 64] },
  { name: 'i8x16', block: 16, inputs: 64, widths: [128, 64] },
  { name: 'i8x8', block: 8, inputs: 8, widths: [32] },
];

const signature = (name, width, tokens) =>
  `export function ${name}_${width}x${tokens}(w: usize, x: usize, sx: usize, y: usize, end: usize): void {`;

/** The activations of a pass and their scales, in locals. */
function activations({ inputs }, width, tokens) {
  return range(tokens).flatMap((t) => [
    ...range(width / 2).map((j) => `  const x${t}_${j} = ${splat('x', t * TOKEN_STRIDE + 4 * j)};`),
    ...range(width / inputs).map((j) => `  const s${t}_${j} = ${splat('sx', t * TOKEN_STRIDE + 4 * j)};`),
  ]);
}

/** One pass of an integer kernel over `width` inputs of one token, `turn` row groups at a time. */
export function integerVector(shape, width, turn) {
  const { name, block, inputs } = shape;
  const blockBytes = 16 + 4 * block;
  const bytes = (width / block) * blockBytes;
  const group = (g) => {
    const passes = range(width / inputs).map((p) => {
      const blocks = range(inputs / block).map((i) => {
        const b = (p * inputs) / block + i;
        const base = g * bytes + b * blockBytes;
        const dots = range(block / 2).map(
          (k) => `i32x4.dot_i16x8_s(${load8('w', base + 16 + 8 * k)}, x0_${(b * block) / 2 + k})`,
        );
        return `f32x4.mul(f32x4.convert_i32x4_s(${sum('i32x4', dots)}), ${load('w', base)})`;
      });
      return `f32x4.mul(${sum('f32x4', blocks)}, s0_${p})`;
    });
    // The sums are added pass by pass for every width, so that the result does not depend on the batches of tokens.
    return `      ${store('y', sum('f32x4', [load('y', 16 * g), ...passes]), 16 * g)}\n`;
  };
  return [signature(name, width, 1), ...activations(shape, width, 1), `${groupLoop(turn, bytes, group)}}\n`].join('\n');
}

/** Weights that stay in registers while they are multiplied with every token: 32 inputs, 16 registers. */
const STRETCH = 32;

/**
 * One pass of an integer kernel over `width` inputs of several tokens: stretch by stretch, and token by token within
 * it.
 */
export function integerMatrix(shape, width, tokens) {
  const { name, block, inputs } = shape;
  const blockBytes = 16 + 4 * block;
  const lines = [signature(name, width, tokens), ...activations(shape, width, tokens)];
  const blocks = STRETCH / block;
  lines.push(`  let ${range(blocks).map((i) => `m${i}: v128`)};`);
  lines.push(`  let ${range(STRETCH / 2).map((k) => `w${k}: v128`)};`);
  if (width > STRETCH) lines.push(`  let ${each('pass', tokens)};`, `  let ${each('sum', tokens)};`);
  const stretches = width / STRETCH;
  const perPass = Math.max(1, inputs / STRETCH);
  /** The code of stretch `s` for token `t`: its blocks by pass. The result is the next partial sum, or goes to y. */
  const step = (s, t) => {
    const values = range(blocks).map((i) => {
      const base = (s * blocks + i) * blockBytes;
      const dots = range(block / 2).map((k) => {
        const quad = (i * block) / 2 + k;
        return `i32x4.dot_i16x8_s(${once(`w${quad}`, load8('w', base + 16 + 8 * k), t === 0)}, x${t}_${(s * STRETCH) / 2 + quad})`;
      });
      return `f32x4.mul(f32x4.convert_i32x4_s(${sum('i32x4', dots)}), ${once(`m${i}`, load('w', base), t === 0)})`;
    });
    const y = load('y', t * TOKEN_STRIDE);
    // A stretch holds whole passes if they are shorter.
    if (inputs < STRETCH) {
      const passes = values.map((value, i) => `f32x4.mul(${value}, s${t}_${s * blocks + i})`);
      return `      ${store('y', sum('f32x4', [y, ...passes]), t * TOKEN_STRIDE)}\n`;
    }
    const first = s % perPass === 0;
    const pass = sum('f32x4', first ? values : [`pass${t}`, ...values]);
    if ((s + 1) % perPass !== 0) return `      pass${t} = ${pass};\n`;
    const p = Math.floor(s / perPass);
    const total = `f32x4.add(${p === 0 ? y : `sum${t}`}, f32x4.mul(${pass}, s${t}_${p}))`;
    return s + 1 === stretches ? `      ${store('y', total, t * TOKEN_STRIDE)}\n` : `      sum${t} = ${total};\n`;
  };
  const group = () =>
    range(stretches)
      .map((s) => {
        const steps = range(tokens)
          .map((t) => step(s, t))
          .join('');
        return s + 1 === stretches ? steps : steps + join((s + 1) % perPass === 0 ? 'sum' : 'pass', tokens);
      })
      .join('');
  return `${lines.join('\n')}\n${groupLoop(1, (width / block) * blockBytes, group)}}\n`;
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
  return `${lines.join('\n')}\n${groupLoop(turn, bytes, group)}}\n`;
}
