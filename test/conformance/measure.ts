/** How the engine's distributions for a model compare with the reference's. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { Engine } from '../../canister/test/engine.js';
import { divergence, logSoftmax, partialDivergence } from '../../canister/test/reference/divergence.js';
import type { Step } from '../../canister/test/reference/step.js';
import { TENSOR_TYPES } from '../gguf/layout.js';
import { readGguf } from '../gguf/reader.js';
import type { Case } from './reference.js';

export interface Comparison {
  name: string;
  architecture: string;
  /** Types of the file's matrices, the one with most weights first. */
  types: string[];
  /** The number of steps that are compared. */
  steps: number;
  /**
   * Mean KL divergence from the f32 reference in nats: that of the engine, and that of llama.cpp's own path for the
   * file.
   */
  kl: number;
  klLlama?: number;
  /** The same for the first step over the whole vocabulary, and the largest difference of a log-probability there. */
  klFirst: number;
  worst: number;
  /** The number of steps in which the most likely token is the f32 reference's. */
  top1: number;
  /** How many tokens of greedy generation agree with the reference before the first that does not. */
  greedy: number;
}

const TYPE_NAMES = new Map<number, string>(Object.entries(TENSOR_TYPES).map(([name, { id }]) => [id, name]));

/** The length of a file's beginning that holds its header; longer than the headers of real models. */
function beginning(path: string): Uint8Array {
  const file = openSync(path, 'r');
  const bytes = new Uint8Array(Math.min(fstatSync(file).size, 64 << 20));
  readSync(file, bytes);
  closeSync(file);
  return bytes;
}

/** Architecture of a file and the types of its matrices, the one with most weights first. */
function describe(model: string | Uint8Array): { architecture: string; types: string[] } {
  const { metadata, tensors } = readGguf(typeof model === 'string' ? beginning(model) : model);
  const weights = new Map<string, number>();
  for (const { type, shape } of tensors.values()) {
    const name = TYPE_NAMES.get(type) ?? `type ${type}`;
    // Routers and the taps of convolutions are small and always plain.
    if (shape.length > 1) weights.set(name, (weights.get(name) ?? 0) + shape.reduce((a, b) => a * b));
  }
  const most = Math.max(...weights.values());
  const types = [...weights].filter(([, count]) => count * 50 > most).sort((a, b) => b[1] - a[1]);
  return { architecture: String(metadata.get('general.architecture')), types: types.map(([name]) => name) };
}

const logProbabilities = ({ lse, top5 }: Step) => new Map(top5.map(([token, logit]) => [token, logit - lse]));

/** Loads a model, by `load`, and follows its reference. Throws with the engine's reason if it cannot be loaded. */
export async function compare({ name, source, reference }: Case, load = Engine.load): Promise<Comparison> {
  const model = typeof source === 'string' ? source : source();
  const { architecture, types } = describe(model);
  const length = reference.prompt.length + reference.greedy.length;
  const engine = await load(model, reference.context ?? Math.max(256, length));
  const id = engine.sequence(reference.prompt);
  const result: Comparison = { name, architecture, types, steps: 0, kl: 0, klFirst: 0, worst: 0, top1: 0, greedy: 0 };
  let [theirs, isGreedy] = [0, true];
  for (const [i, exact] of reference.f32_steps.entries()) {
    const logits = engine.logits(id);
    const all = logSoftmax(logits);
    if (i === 0) {
      const first = logSoftmax(reference.f32_first_step_logits);
      result.klFirst = divergence(first, all);
      result.worst = first.reduce((most, value, j) => Math.max(most, Math.abs(value - all[j]!)), 0);
    }
    const p = logProbabilities(exact);
    const own = reference.steps && logProbabilities(reference.steps[i]!);
    // llama.cpp's side is known for its own five best tokens only, so both are measured on the tokens that are among
    // both fives.
    for (const token of p.keys()) if (own && !own.has(token)) p.delete(token);
    if (own) theirs += partialDivergence(p, own);
    result.kl += partialDivergence(p, new Map([...p.keys()].map((token) => [token, all[token]!])));
    const best = logits.indexOf(logits.reduce((a, b) => Math.max(a, b)));
    if (best === exact.argmax) result.top1++;
    isGreedy = isGreedy && best === reference.greedy[i];
    if (isGreedy) result.greedy++;
    result.steps++;
    engine.append(id, [reference.greedy[i]!]);
  }
  engine.close();
  result.kl /= result.steps;
  if (reference.steps) result.klLlama = theirs / result.steps;
  return result;
}
