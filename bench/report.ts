/** Prints measurements as tables. */
import type { EngineMeasurement, Parts } from './engine-parts.js';
import type { PartialMeasurement } from './measure.js';

const fixed = (value: number, digits: number) => value.toFixed(digits);
const million = (value: number) => fixed(value / 1e6, 1);
const mebi = (bytes: number) => fixed(bytes / 2 ** 20, 0);

function table(head: string[], rows: string[][]): string {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
  const line = (cells: string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** Instructions per weight that a token is multiplied with, which excludes the embeddings. */
function perWeight(engine: EngineMeasurement, parts: Parts): string {
  return fixed((parts.matrices + parts.logits) / engine.multiplied, 3);
}

function partsRow(name: string, what: string, engine: EngineMeasurement, parts: Parts): string[] {
  const { matrices, attention, logits, sampling, rest, total } = parts;
  const values = [matrices, attention, logits, sampling, rest, total].map(million);
  const share = fixed((100 * (matrices + logits)) / total, 1);
  return [name, what, ...values, share, what === 'decode' ? perWeight(engine, parts) : ''];
}

/** Every table of docs/performance.md. */
function tables(measurements: readonly PartialMeasurement[]): string {
  const positions = [...new Set(measurements.flatMap(({ engine }) => engine.positions.map((at) => at.position)))];
  const overview = table(
    ['case', 'file MiB', 'heap MiB', 'load/byte', 'messages', 'tokens/update', 'tokens/query', 'prompt M', 'token M'],
    measurements.map(({ name, heapBytes, canister: c }) =>
      [
        name,
        c && mebi(c.fileBytes),
        mebi(heapBytes),
        c && fixed(c.loadPerByte, 2),
        c && String(c.loadMessages),
        c && String(c.tokensPerUpdate),
        c && String(c.tokensPerQuery),
        c && million(c.prefillPerToken),
        c && million(c.instructionsPerToken),
      ].map((cell) => cell ?? '-'),
    ),
  );
  const parts = table(
    [
      'case',
      'a token of',
      'matrices',
      'attention',
      'logits',
      'sampling',
      'rest',
      'M in all',
      '% matrices',
      'per weight',
    ],
    measurements.flatMap(({ name, engine }) => [
      partsRow(name, 'decode', engine, engine.decode),
      partsRow('', 'eight', engine, engine.prefill),
    ]),
  );
  const long = table(
    ['tokens per update call at', ...positions.map(String), 'pages read, written at 128'],
    measurements.map(({ name, engine }) => [
      name,
      ...positions.map((p) => String(engine.positions.find((at) => at.position === p)?.tokensPerCall ?? '-')),
      engine.positions[0] ? `${engine.positions[0].pages.read}, ${engine.positions[0].pages.written}` : '-',
    ]),
  );
  const wall = measurements.filter((measurement) => measurement.wall);
  const speed = table(
    [
      'tokens per second, one thread',
      'decode',
      'prompt',
      'wllama: decode',
      'prompt',
      'times: decode',
      'prompt',
      'processor',
      'load',
    ],
    wall.map(({ name, wall }) => {
      const { ours, wllama, machine } = wall!;
      const other = (value: number | undefined, digits: number) => (value === undefined ? '-' : fixed(value, digits));
      return [
        name,
        fixed(ours.decode, 1),
        fixed(ours.prefill, 1),
        other(wllama?.decode, 1),
        other(wllama?.prefill, 1),
        other(wllama && ours.decode / wllama.decode, 2),
        other(wllama && ours.prefill / wllama.prefill, 2),
        machine.processor,
        `${fixed(machine.loadBefore, 1)} before, ${fixed(machine.busyWithOthers, 1)} meanwhile`,
      ];
    }),
  );
  const gaps = measurements.some(({ engine }) => engine.positions.length < positions.length);
  const note = '-: not measured: more positions than the model was trained for, or than fit the heap beside it.';
  return [overview, parts, long, ...(gaps ? [note] : []), ...(wall.length > 0 ? [speed] : [])].join('\n\n');
}

export function printTable(measurements: readonly PartialMeasurement[]): void {
  console.log(tables(measurements));
}
