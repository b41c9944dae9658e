// Attention over tiles of 32 positions, whose keys and values are int16 or int8.
import { BATCH, load, load8, once, range, splat, store, sum } from './text.mjs';

/** How keys and values lie: what kernels are called, the bytes of a quad, and the operator that loads it. */
export const ENTRIES = [
  { name: '', quad: 16, read: load },
  { name: 'Byte', quad: 8, read: load8 },
];

const COLUMNS = range(BATCH).map((i) => i + 1);

/** A function that calls the kernel for a number of columns. */
function choice(name, parameters, kernel) {
  const names = parameters.split(', ').map((parameter) => parameter.split(':')[0]);
  const cases = COLUMNS.map(
    (c) => `    ${c < BATCH ? `case ${c}` : 'default'}:\n      return ${kernel}${c}(${names.join(', ')});\n`,
  );
  return `export function ${name}(columns: usize, ${parameters}): void {\n  switch (<i32>columns) {\n${cases.join('')}  }\n}\n`;
}

const SCORES = 'q: usize, sq: usize, blocks: usize, end: usize, offset: usize, scores: usize';
const VALUES = 'p: usize, blocks: usize, end: usize, offset: usize, out: usize, outEnd: usize';

/** All kernels for entries of one kind, and the functions that choose among them. */
export function attentionKernels(entry) {
  const { name } = entry;
  return [
    ...COLUMNS.flatMap((c) => [scoresPass(entry, c, false), scoresPass(entry, c, true), valuesPass(entry, c)]),
    choice(`set${name}Scores`, SCORES, `set${name}Scores`),
    choice(`add${name}Scores`, SCORES, `add${name}Scores`),
    choice(`add${name}Values`, VALUES, `add${name}Values`),
  ];
}

/** Scores of `columns` queries against one 32-wide chunk of the keys of all positions. */
function scoresPass({ name, quad, read }, columns, more) {
  const bytes = 16 + 16 * quad;
  const groups = Math.max(1, Math.floor(8 / columns));
  const lines = [`export function ${more ? 'add' : 'set'}${name}Scores${columns}(${SCORES}): void {`];
  for (const c of range(columns)) {
    for (const j of range(16)) lines.push(`  const x${c}_${j} = ${splat('q', 64 * c + 4 * j)};`);
    lines.push(`  const s${c} = ${splat('sq', 4 * c)};`);
  }
  const shared = columns > 1;
  if (shared) lines.push(`  let m: v128;`, `  let ${range(16).map((j) => `w${j}: v128`)};`);
  const group = (g) =>
    range(columns)
      .map((c) => {
        const dots = range(16).map((j) => {
          const keys = read('w', bytes * g + 16 + quad * j);
          return `i32x4.dot_i16x8_s(${shared ? once(`w${j}`, keys, c === 0) : keys}, x${c}_${j})`;
        });
        const scale = shared ? once('m', load('w', bytes * g), c === 0) : load('w', bytes * g);
        const value = `f32x4.mul(f32x4.mul(f32x4.convert_i32x4_s(${sum('i32x4', dots)}), ${scale}), s${c})`;
        const offset = 128 * g + 16 * c;
        return `        ${store('scores', more ? `f32x4.add(${value}, ${load('scores', offset)})` : value, offset)}\n`;
      })
      .join('');
  return `${lines.join('\n')}
  for (; blocks < end; blocks += 4) {
    let w = <usize>load<u32>(blocks) + offset;
    const last = w + ${bytes * 8};
    do {
${range(groups).map(group).join('')}        w += ${bytes * groups};
        scores += ${128 * groups};
    } while (w < last);
  }
}
`;
}

/** Sums of the values of all positions, weighted by the probabilities of `columns` queries. */
function valuesPass({ name, quad, read }, columns) {
  const bytes = 16 * quad;
  const groups = columns > 2 ? 1 : 2;
  const lines = [`export function add${name}Values${columns}(${VALUES}): void {`];
  const shared = columns > 1;
  if (shared) lines.push(`  let ${range(16).map((j) => `w${j}: v128`)};`);
  lines.push('  for (; blocks < end; blocks += 4) {', '    let w = <usize>load<u32>(blocks) + offset;');
  for (const c of range(columns)) {
    for (const j of range(16)) lines.push(`    const x${c}_${j} = ${splat('p', 64 * c + 4 * j)};`);
    lines.push(`    const s${c} = ${splat('p', 64 * BATCH + 4 * c)};`);
  }
  const group = (g) =>
    range(columns)
      .map((c) => {
        const dots = range(16).map((j) => {
          const values = read('w', bytes * g + quad * j);
          return `i32x4.dot_i16x8_s(${shared ? once(`w${j}`, values, c === 0) : values}, x${c}_${j})`;
        });
        const offset = 16 * BATCH * g + 16 * c;
        const value = `f32x4.mul(f32x4.convert_i32x4_s(${sum('i32x4', dots)}), s${c})`;
        return `        ${store('y', `f32x4.add(${value}, ${load('y', offset)})`, offset)}\n`;
      })
      .join('');
  return `${lines.join('\n')}
    let y = out;
    do {
${range(groups).map(group).join('')}        w += ${bytes * groups};
        y += ${16 * BATCH * groups};
    } while (y < outEnd);
    p += ${64 * BATCH + 4 * BATCH};
  }
}
`;
}
