// Attention over tiles of 32 positions with int16 or int8 keys and values.
import { BATCH, load, load8, once, range, splat, store, sum } from './text.mjs';

/** The formats of keys and values: the name in the kernels, the bytes of a quad, and the operator that loads it. */
export const ENTRIES = [
  { name: '', quad: 16, read: load },
  { name: 'Byte', quad: 8, read: load8 },
];

const COLUMNS = range(BATCH).map((i) => i + 1);

/** A function that chooses the kernel for a number of columns, 1 to `most`. */
function choice(name, parameters, kernel, most = BATCH) {
  const names = parameters.split(', ').map((parameter) => parameter.split(':')[0]);
  const cases = COLUMNS.slice(0, most).map(
    (c) => `    ${c < most ? `case ${c}` : 'default'}:\n      return ${kernel}${c}(${names.join(', ')});\n`,
  );
  return `export function ${name}(columns: usize, ${parameters}): void {\n  switch (<i32>columns) {\n${cases.join('')}  }\n}\n`;
}

const SCORES = 'q: usize, sq: usize, blocks: usize, end: usize, offset: usize, scores: usize';
const VALUES = 'p: usize, blocks: usize, end: usize, offset: usize, out: usize, outEnd: usize';

/**
 * The most columns for which kernels of several chunks are worth their size: with more columns, each load of a result
 * already serves more products.
 */
const FEW = 4;
/** The kernels of several chunks: how many chunks, and whether they add to the scores of earlier chunks. */
const SEVERAL = [
  [2, false],
  [4, false],
  [4, true],
];

/** All kernels for one format of entries, and the functions that choose among them. */
export function attentionKernels(entry) {
  const { name } = entry;
  const few = range(FEW).map((i) => i + 1);
  return [
    ...COLUMNS.flatMap((c) => [scoresPass(entry, c, false), scoresPass(entry, c, true), valuesPass(entry, c)]),
    ...SEVERAL.flatMap(([chunks, more]) => few.map((c) => scoresPass(entry, c, more, chunks))),
    choice(`set${name}Scores`, SCORES, `set${name}Scores`),
    choice(`add${name}Scores`, SCORES, `add${name}Scores`),
    ...SEVERAL.map(([chunks, more]) => {
      const several = `${more ? 'add' : 'set'}${name}${chunks}Scores`;
      return choice(several, SCORES, several, FEW);
    }),
    choice(`add${name}Values`, VALUES, `add${name}Values`),
  ];
}

/** Scores of `columns` queries against `chunks` 32-wide chunks of the keys of all positions. */
function scoresPass({ name, quad, read }, columns, more, chunks = 1) {
  const bytes = 16 + 16 * quad;
  const groups = chunks > 1 ? Math.max(1, Math.floor(16 / columns / chunks)) : Math.max(1, Math.floor(8 / columns));
  const several = chunks > 1 ? chunks : '';
  const lines = [`export function ${more ? 'add' : 'set'}${name}${several}Scores${columns}(${SCORES}): void {`];
  const own = range(columns).flatMap((c) => range(chunks).map((k) => [c, k]));
  for (const [c, k] of own) {
    const at = BATCH * k + c;
    for (const j of range(16)) lines.push(`  const x${c}_${16 * k + j} = ${splat('q', 64 * at + 4 * j)};`);
    lines.push(`  const s${c}_${k} = ${splat('sq', 4 * at)};`);
  }
  const shared = columns > 1;
  if (shared) {
    lines.push(`  let ${range(chunks).map((k) => `m${k}: v128`)};`);
    lines.push(`  let ${range(16 * chunks).map((j) => `w${j}: v128`)};`);
  }
  /** The products of a chunk's keys for the scores of four positions and column c. */
  const product = (g, c, k) => {
    const from = bytes * (8 * k + g);
    const dots = range(16).map((j) => {
      const keys = read('w', from + 16 + quad * j);
      return `i32x4.dot_i16x8_s(${shared ? once(`w${16 * k + j}`, keys, c === 0) : keys}, x${c}_${16 * k + j})`;
    });
    const scale = shared ? once(`m${k}`, load('w', from), c === 0) : load('w', from);
    return `f32x4.mul(f32x4.mul(f32x4.convert_i32x4_s(${sum('i32x4', dots)}), ${scale}), s${c}_${k})`;
  };
  const group = (g) =>
    range(columns)
      .map((c) => {
        const offset = 128 * g + 16 * c;
        const before = more ? [load('scores', offset)] : [];
        const products = range(chunks).map((k) => product(g, c, k));
        return `        ${store('scores', sum('f32x4', [...before, ...products]), offset)}\n`;
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

/** Sums of the values of all positions for `columns` queries, weighted with the probabilities. */
function valuesPass(entry, columns) {
  const { name } = entry;
  const shared = columns > 1;
  const tiles = columns > FEW ? [1] : [2, 1];
  const weights = shared ? `  let ${range(16 * tiles[0]).map((j) => `w${j}: v128`)};\n` : '';
  const loops = tiles.map((count) => valuesLoop(entry, columns, count)).join('');
  return `export function add${name}Values${columns}(${VALUES}): void {\n${weights}${loops}}\n`;
}

/** The loop over `tiles` tiles at a time, as long as that many are left. */
function valuesLoop({ quad, read }, columns, tiles) {
  const bytes = 16 * quad;
  // A group has four dimensions; the number of dimensions is a multiple of four.
  const groups = columns > FEW ? 1 : columns > 2 ? 2 : 4;
  const shared = columns > 1;
  const perTile = 64 * BATCH + 4 * BATCH;
  const pointer = (k) => (k === 0 ? 'w' : `w_${k}`);
  const all = range(tiles);
  const lines = all.map((k) => `    let ${pointer(k)} = <usize>load<u32>(blocks${k ? `, ${4 * k}` : ''}) + offset;`);
  for (const c of range(columns)) {
    for (const k of all) {
      for (const j of range(16)) {
        lines.push(`    const x${c}_${16 * k + j} = ${splat('p', perTile * k + 64 * c + 4 * j)};`);
      }
      lines.push(`    const s${c}_${k} = ${splat('p', perTile * k + 64 * BATCH + 4 * c)};`);
    }
  }
  /** The products of a tile's values for the sums of four dimensions and column c. */
  const product = (g, c, k) => {
    const dots = range(16).map((j) => {
      const values = read(pointer(k), bytes * g + quad * j);
      return `i32x4.dot_i16x8_s(${shared ? once(`w${16 * k + j}`, values, c === 0) : values}, x${c}_${16 * k + j})`;
    });
    return `f32x4.mul(f32x4.convert_i32x4_s(${sum('i32x4', dots)}), s${c}_${k})`;
  };
  const group = (g) =>
    range(columns)
      .map((c) => {
        const offset = 16 * BATCH * g + 16 * c;
        const sums = sum('f32x4', [load('y', offset), ...all.map((k) => product(g, c, k))]);
        return `        ${store('y', sums, offset)}\n`;
      })
      .join('');
  const steps = all.map((k) => `        ${pointer(k)} += ${bytes * groups};\n`).join('');
  const head = tiles > 1 ? `for (; blocks + ${4 * (tiles - 1)} < end;` : 'for (; blocks < end;';
  return `  ${head} blocks += ${4 * tiles}) {
${lines.join('\n')}
    let y = out;
    do {
${range(groups).map(group).join('')}${steps}        y += ${16 * BATCH * groups};
    } while (y < outEnd);
    p += ${perTile * tiles};
  }
`;
}
