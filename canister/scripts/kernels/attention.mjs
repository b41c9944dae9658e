// Attention over tiles of 32 positions.
import { BATCH, load, once, range, splat, store, sum } from './text.mjs';

/** Scores of `columns` queries against one 32-wide chunk of the keys of all positions. */
export function scoresPass(columns, more) {
  const groups = Math.max(1, Math.floor(8 / columns));
  const lines = [
    `export function ${more ? 'addScores' : 'setScores'}${columns}(q: usize, sq: usize, blocks: usize, end: usize, offset: usize, scores: usize): void {`,
  ];
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
          const keys = load('w', 272 * g + 16 + 16 * j);
          return `i32x4.dot_i16x8_s(${shared ? once(`w${j}`, keys, c === 0) : keys}, x${c}_${j})`;
        });
        const scale = shared ? once('m', load('w', 272 * g), c === 0) : load('w', 272 * g);
        const value = `f32x4.mul(f32x4.mul(f32x4.convert_i32x4_s(${sum('i32x4', dots)}), ${scale}), s${c})`;
        const offset = 128 * g + 16 * c;
        return `        ${store('scores', more ? `f32x4.add(${value}, ${load('scores', offset)})` : value, offset)}\n`;
      })
      .join('');
  return `${lines.join('\n')}
  for (; blocks < end; blocks += 4) {
    let w = <usize>load<u32>(blocks) + offset;
    const last = w + ${272 * 8};
    do {
${range(groups).map(group).join('')}        w += ${272 * groups};
        scores += ${128 * groups};
    } while (w < last);
  }
}
`;
}

/** Sums of the values of all positions, weighted by the probabilities of `columns` queries. */
export function valuesPass(columns) {
  const groups = columns > 2 ? 1 : 2;
  const lines = [
    `export function addValues${columns}(p: usize, blocks: usize, end: usize, offset: usize, out: usize, outEnd: usize): void {`,
  ];
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
          const values = load('w', 256 * g + 16 * j);
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
${range(groups).map(group).join('')}        w += ${256 * groups};
        y += ${16 * BATCH * groups};
    } while (y < outEnd);
    p += ${64 * BATCH + 4 * BATCH};
  }
}
`;
}
