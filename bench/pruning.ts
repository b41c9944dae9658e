/**
 * npm run bench -- --pruning: whether rows of the output matrix can be left out without changing what is sampled.
 *
 * A row can be passed over when a bound of its logit is below the k-th best one. Panels of inputs are multiplied in the
 * order of the activations' energy in them; what is left of a row adds at most |w rest| |x rest| (Cauchy-Schwarz), with a
 * norm per row and panel stored beside the weights. Four rows are a group and go together. The k-th best logit is taken as
 * known from the start, which no program has: so this is the least that any order of rows comes to.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Transformer } from '../canister/test/reference/transformer.js';
import { Random } from '../test/gguf/random.js';

/** An output matrix, row by row, and the vectors that it is multiplied with. */
interface Study {
  name: string;
  weights: Float32Array;
  vectors: Float64Array[];
}

/** Instructions of a weight, and of checking a group's four bounds. */
const PER_WEIGHT = 0.697;
const PER_LOOK = 16;
const BEST = [1, 40];
const PANEL = 128;

const norm = (values: ArrayLike<number>) => Math.sqrt(Array.from(values).reduce((sum, v) => sum + v * v, 0));

/** The hidden states of a trained model for a text. */
function ofModel(path: string, tokens: readonly number[]): Study {
  const bytes = new Uint8Array(readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url))));
  const model = new Transformer(bytes);
  const vectors = tokens.map((token) => {
    model.next(token);
    return model.final;
  });
  return { name: path.replace(/.*\//, ''), weights: model.output, vectors };
}

/** Normal weights and vectors; each vector has this cosine with one of the rows, the winner. */
function ofChance(rows: number, width: number, cosine: number): Study {
  const random = new Random(width);
  const weights = Float32Array.from({ length: rows * width }, () => random.normal());
  const vectors = Array.from({ length: 4 }, (_, i) => {
    const row = weights.subarray(i * 999 * width, (i * 999 + 1) * width);
    const length = norm(row);
    const other = Math.sqrt((1 - cosine * cosine) / width);
    return Float64Array.from(row, (weight) => (cosine * weight) / length + other * random.normal());
  });
  return { name: `random ${rows} x ${width}, winner's cosine ${cosine}`, weights, vectors };
}

/** The share of weights that is multiplied, and of checks, for the `best` tokens. */
function executed(weights: Float32Array, x: Float64Array, best: number): { weights: number; looks: number } {
  const width = x.length;
  const rows = weights.length / width;
  const panel = Math.min(PANEL, width / 4);
  const starts = Array.from({ length: Math.ceil(width / panel) }, (_, i) => i * panel);
  const energy = (from: number) => norm(x.subarray(from, from + panel)) ** 2;
  starts.sort((a, b) => energy(b) - energy(a));
  const dot = (row: number, from: number) => {
    let sum = 0;
    for (let i = from; i < Math.min(width, from + panel); i++) sum += weights[row * width + i]! * x[i]!;
    return sum;
  };
  const square = (row: number, from: number) =>
    norm(weights.subarray(row * width + from, row * width + Math.min(width, from + panel))) ** 2;
  const logits = Array.from({ length: rows }, (_, row) => starts.reduce((sum, from) => sum + dot(row, from), 0));
  const threshold = [...logits].sort((a, b) => b - a)[best - 1]!;
  let [multiplied, looks] = [0, 0];
  for (let group = 0; group + 4 <= rows; group += 4) {
    const four = [0, 1, 2, 3].map((r) => ({
      row: group + r,
      sum: 0,
      left: starts.reduce((sum, from) => sum + square(group + r, from), 0),
    }));
    let rest = starts.reduce((sum, from) => sum + energy(from), 0);
    for (const from of starts) {
      looks++;
      if (four.every(({ sum, left }) => sum + Math.sqrt(Math.max(0, left) * Math.max(0, rest)) < threshold)) break;
      multiplied += 4 * panel;
      rest -= energy(from);
      for (const one of four) {
        one.sum += dot(one.row, from);
        one.left -= square(one.row, from);
      }
    }
  }
  return { weights: multiplied / (rows * width), looks: (looks * PER_LOOK) / (rows * width * PER_WEIGHT) };
}

/** The table of docs/performance.md. */
export function pruning(): string {
  const text = [1, 300, 520, 77, 410, 1000, 33, 702, 95, 260, 611, 48, 901, 130, 777, 15];
  const studies = [
    ofModel('models/tiny-chat/tiny-chat-q8_0.gguf', text),
    ...[0.15, 0.3, 0.5, 0.7].map((cosine) => ofChance(8192, 896, cosine)),
  ];
  const percent = (value: number) => `${(100 * value).toFixed(0)} %`;
  const lines = [
    '| output matrix | tokens wanted | weights multiplied | instructions, looks included |',
    '| --- | --- | --- | --- |',
  ];
  for (const { name, weights, vectors } of studies) {
    for (const best of BEST) {
      const shares = vectors.map((x) => executed(weights, x, best));
      const mean = (of: (share: { weights: number; looks: number }) => number) =>
        shares.reduce((sum, share) => sum + of(share), 0) / shares.length;
      const multiplied = mean((share) => share.weights);
      lines.push(
        `| ${name} | ${best} | ${percent(multiplied)} | ${percent(multiplied + mean((share) => share.looks))} |`,
      );
    }
  }
  return lines.join('\n');
}
