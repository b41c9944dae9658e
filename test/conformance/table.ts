/** Comparisons as tables in Markdown. */
import type { Comparison } from './measure.js';
import type { Mini } from './minis.js';

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}

/** One significant digit: "3e-7". What is below 1e-7 is f32's own noise. */
function digit(value: number | undefined): string {
  if (value === undefined) return '-';
  return Math.abs(value) < 1e-7 ? '<1e-7' : value.toExponential(0);
}

/** One line for each model. */
export function comparisons(results: readonly Comparison[]): string {
  return table(
    ['model', 'architecture', 'types', 'KL from f32', "llama.cpp's KL", 'top-1', 'greedy prefix'],
    results.map(({ name, architecture, types, kl, klLlama, top1, greedy, steps }) => [
      name,
      architecture,
      types.join(' '),
      digit(kl),
      digit(klLlama),
      `${top1}/${steps}`,
      `${greedy}/${steps}`,
    ]),
  );
}

/** Architecture by type: the worst KL divergence from the f32 reference; empty where nothing was checked. */
export function byArchitectureAndType(results: readonly Comparison[]): string {
  const label = ({ types }: Comparison) => (types.length > 1 ? 'mixed' : types[0]!);
  const types = [...new Set(results.map(label))];
  const architectures = [...new Set(results.map(({ architecture }) => architecture))].sort();
  return table(
    ['architecture', ...types],
    architectures.map((architecture) => [
      architecture,
      ...types.map((type) => {
        const found = results.filter((result) => result.architecture === architecture && label(result) === type);
        return found.length > 0 ? digit(Math.max(...found.map(({ kl }) => kl))) : '';
      }),
    ]),
  );
}

/** What the repository's own minis say is supported: the document's generated part. */
export function support(results: readonly Comparison[], minis: readonly Mini[]): string {
  const about = new Map(minis.map((mini) => [mini.name, mini.about]));
  return table(
    ['model', 'architecture', 'what it is there for', 'types', 'KL from f32', "llama.cpp's KL", 'top-1'],
    results.map(({ name, architecture, types, kl, klLlama, top1, steps }) => [
      name,
      architecture,
      about.get(name) ?? '',
      types.join(' '),
      digit(kl),
      digit(klLlama),
      `${top1}/${steps}`,
    ]),
  );
}
