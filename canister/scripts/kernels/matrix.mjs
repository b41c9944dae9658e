// Matrix times vectors: one pass over a panel of inputs and all rows.
import { each, groupLoop, join, load, load8, once, range, splat, store, sum, TOKEN_STRIDE } from './text.mjs';

/**
 * Int8 weights as what is multiplied with each pair of a block's activations: [pair, expression] from the address `at` on.
 * For several tokens they stay in the locals that `kept(pair)` names, where `isFirst` says whether they are yet to be loaded.
 */
const int8 = {
  single: (block, at) => range(block / 2).map((k) => [k, load8('w', at + 8 * k)]),
  several: (block, at, kept, isFirst) =>
    range(block / 2).map((k) => [k, once(kept(k), load8('w', at + 8 * k), isFirst)]),
};

/**
 * The shapes of int8 weights.
 * block: inputs per weight scale; bytes: of a block of four rows; inputs: inputs per scale of the activations; widths: of a pass;
 * weights: how a block is read.
 */
export const INTEGER = [
  { name: 'i8x32', block: 32, bytes: 16 + 128, inputs: 64, widths: [128, 64], weights: int8 },
  { name: 'i8x16', block: 16, bytes: 16 + 64, inputs: 64, widths: [128, 64], weights: int8 },
  { name: 'i8x8', block: 8, bytes: 16 + 32, inputs: 8, widths: [32], weights: int8 },
];

const signature = (name, width, tokens) =>
  `export function ${name}_${width}x${tokens}(w: usize, x: usize, sx: usize, y: usize, end: usize): void {`;

/** The activations of a pass, their scales, and what else a shape needs, in locals. */
function activations({ block, inputs, start, locals }, width, tokens) {
  return [
    ...range(tokens).flatMap((t) => [
      ...range(width / 2).map((j) => `  const x${t}_${j} = ${splat('x', t * TOKEN_STRIDE + 4 * j)};`),
      ...range(width / inputs).map((j) => `  const s${t}_${j} = ${splat('sx', t * TOKEN_STRIDE + 4 * j)};`),
      ...(start ? range(width / block).map((b) => `  const c${t}_${b} = ${start(t, b)};`) : []),
    ]),
    ...(locals ?? []),
  ];
}

/** The integer product of block `b` of a pass with the activations of token t. */
function product({ block, start }, weights, t, b) {
  const dots = weights.map(([pair, value]) => `i32x4.dot_i16x8_s(${value}, x${t}_${(b * block) / 2 + pair})`);
  return `f32x4.convert_i32x4_s(${sum('i32x4', start ? [...dots, `c${t}_${b}`] : dots)})`;
}

/** One pass of an integer kernel over `width` inputs of one token, `turn` row groups at a time. */
export function integerVector(shape, width, turn) {
  const { name, block, bytes, inputs, weights } = shape;
  const groupBytes = (width / block) * bytes;
  const group = (g) => {
    const passes = range(width / inputs).map((p) => {
      const blocks = range(inputs / block).map((i) => {
        const b = (p * inputs) / block + i;
        const base = g * groupBytes + b * bytes;
        return `f32x4.mul(${product(shape, weights.single(block, base + 16), 0, b)}, ${load('w', base)})`;
      });
      return `f32x4.mul(${sum('f32x4', blocks)}, s0_${p})`;
    });
    // The sums are added pass by pass for every width, so that the result does not depend on the batches of tokens.
    return `      ${store('y', sum('f32x4', [load('y', 16 * g), ...passes]), 16 * g)}\n`;
  };
  const lines = [signature(name, width, 1), ...activations(shape, width, 1)];
  if (weights.scratch) lines.push(`  let ${weights.scratch}: v128;`);
  return [...lines, `${groupLoop(turn, groupBytes, group)}}\n`].join('\n');
}

/** Weights that stay in registers while they are multiplied with every token: 32 inputs, 16 registers. */
const STRETCH = 32;

/**
 * One pass of an integer kernel over `width` inputs of several tokens: stretch by stretch, and token by token within
 * it.
 */
export function integerMatrix(shape, width, tokens) {
  const { name, block, bytes, inputs, weights } = shape;
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
      const b = s * blocks + i;
      const kept = (pair) => `w${(i * block) / 2 + pair}`;
      const read = weights.several(block, b * bytes + 16, kept, t === 0);
      return `f32x4.mul(${product(shape, read, t, b)}, ${once(`m${i}`, load('w', b * bytes), t === 0)})`;
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
  return `${lines.join('\n')}\n${groupLoop(1, (width / block) * bytes, group)}}\n`;
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
