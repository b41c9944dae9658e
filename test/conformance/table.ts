/** Comparisons as tables in Markdown. */
import type { Architecture } from '../gguf/architectures.js';
import type { Comparison } from './measure.js';
import type { Mini } from './mini.js';

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}

/** One significant digit: "3e-7". Below 1e-7 there is only f32's own noise. */
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

/** The worst KL divergence from the f32 reference, by architecture and type; empty if nothing was checked. */
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

/** The results of the repository's own minis, one line for each: docs/conformance.md. */
export function evidence(results: readonly Comparison[], minis: readonly Mini[]): string {
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

/** Models that come as files of an architecture. */
const FAMILIES: Record<Architecture, string> = {
  llama: 'Llama 2 and 3, Mistral, SmolLM, TinyLlama, Yi, DeepSeek-R1-Distill-Llama',
  qwen2: 'Qwen 2 and 2.5, DeepSeek-R1-Distill-Qwen',
  qwen3: 'Qwen 3',
  gemma: 'Gemma, CodeGemma',
  gemma2: 'Gemma 2',
  gemma3: 'Gemma 3',
  phi2: 'Phi 1 to 2',
  phi3: 'Phi 3 to 4',
  smollm3: 'SmolLM 3',
  granite: 'Granite 3 and 4, dense',
  olmo2: 'OLMo 2 and 3',
  stablelm: 'StableLM',
  gpt2: 'GPT-2',
  starcoder2: 'StarCoder 2',
  falcon: 'Falcon 7B and 40B',
  lfm2: 'LFM 2 and 2.5',
  qwen2moe: 'Qwen 1.5 and 2 MoE',
  qwen3moe: 'Qwen 3 MoE',
  olmoe: 'OLMoE',
  granitemoe: 'Granite 3 and 4 MoE',
  lfm2moe: 'LFM 2 MoE (8B-A1B)',
  'gpt-oss': 'gpt-oss',
};

/** The same in short, one line for each architecture: README.md. */
export function support(results: readonly Comparison[]): string {
  const names = Object.keys(FAMILIES) as Architecture[];
  const checked = names.filter((name) => results.some(({ architecture }) => architecture === name));
  const types = [...new Set(results.flatMap((result) => result.types))];
  const rows = checked.map((name) => {
    const own = results.filter(({ architecture }) => architecture === name);
    return [name, FAMILIES[name], String(own.length), digit(Math.max(...own.map(({ kl }) => kl)))];
  });
  const head = ['architecture', 'models', 'files compared', 'worst KL from f32'];
  return `${table(head, rows)}\n\nTensor types: ${types.join(', ')}, and files that mix them.`;
}
