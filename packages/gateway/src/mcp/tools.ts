// The tools that other programs' models get: to ask the canister's model, and to have it decide.
import { z } from 'zod';
import { whole } from '../answering/whole.js';
import { checked } from '../asking/checked.js';
import type { Ask, Backend, Delta } from '../backend.js';
import { Refusal } from '../refusal.js';

const ask = z.strictObject({
  prompt: z.string().min(1),
  system: z.string().optional(),
  model: z.string().optional(),
  max_tokens: z.number().int().min(1).max(1_000_000).optional(),
  temperature: z.number().min(0).max(100).optional(),
  seed: z.number().int().min(0).max(4_294_967_295).optional(),
});

const decide = z.strictObject({
  question: z.string().min(1),
  options: z.array(z.string().min(1)).min(2).max(64),
  model: z.string().optional(),
});

/** Told how far an answer is. */
export type OnProgress = (message: string) => void;

interface Tool {
  name: string;
  description: string;
  schema: z.ZodType;
  ask(given: unknown): { ask: Ask; result: (text: string) => Record<string, unknown> };
}

function askOf(prompt: string, system: string | undefined, more: Partial<Ask>): Ask {
  return {
    model: '',
    prompt: {
      messages: [
        ...(system === undefined ? [] : [{ role: 'system' as const, content: system }]),
        { role: 'user' as const, content: prompt },
      ],
    },
    tools: [],
    toolChoice: 'none',
    parallelToolCalls: false,
    thinking: {},
    logprobs: undefined,
    sampling: [],
    seed: undefined,
    stop: [],
    maxTokens: undefined,
    responseFormat: { type: 'text' },
    templateArguments: undefined,
    session: undefined,
    affinity: undefined,
    ...more,
  };
}

export const TOOLS: readonly Tool[] = [
  {
    name: 'ask',
    description: 'Asks a language model that runs in a canister of the Internet Computer, and gives its answer.',
    schema: ask,
    ask: (given) => {
      const { prompt, system, model = '', max_tokens: maxTokens, temperature, seed } = checked(ask, given);
      const sampling = temperature === undefined ? [] : ['--temp', String(temperature)];
      return { ask: askOf(prompt, system, { model, maxTokens, sampling, seed }), result: (text) => ({ text }) };
    },
  },
  {
    name: 'decide',
    description:
      'Has a language model in a canister choose one of several options. The answer is exactly one of them, and the same for the same question.',
    schema: decide,
    ask: (given) => {
      const { question, options, model = '' } = checked(decide, given);
      const list = options.map((option) => `- ${option}`).join('\n');
      return {
        ask: askOf(`${question}\n\nAnswer with one of these:\n${list}`, undefined, {
          model,
          sampling: ['--temp', '0'],
          responseFormat: { type: 'json_schema', schema: JSON.stringify({ enum: options }) },
        }),
        result: (text) => ({ choice: chosen(text) }),
      };
    },
  },
];

function chosen(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch (cause) {
    throw new Refusal('failed', `the model did not come to a decision: ${text.slice(0, 200)}`, { cause });
  }
}

async function* watched(deltas: AsyncIterable<Delta>, onProgress: OnProgress): AsyncGenerator<Delta> {
  let characters = 0;
  for await (const delta of deltas) {
    if (delta.type === 'progress') onProgress(delta.state);
    if (delta.type === 'text' || delta.type === 'thinking') {
      characters += delta.text.length;
      onProgress(`${characters} characters`);
    }
    yield delta;
  }
}

/** Calls a tool. Errors: a Refusal that names the argument, or what the backend throws. */
export async function callTool(
  backend: Backend,
  name: string,
  given: unknown,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<Record<string, unknown>> {
  const tool = TOOLS.find((each) => each.name === name);
  if (tool === undefined) throw new Refusal('not-found', `there is no tool "${name.slice(0, 100)}"`);
  const { ask: asked, result } = tool.ask(given);
  const models = await backend.models(signal);
  const model = asked.model || (models.find(({ ready }) => ready) ?? models[0])?.id || '';
  const deltas = await backend.start({ ...asked, model }, signal);
  const { text, usage } = await whole(watched(deltas, onProgress));
  const { promptTokens, generatedTokens, instructions } = usage;
  return {
    ...result(text),
    usage: { promptTokens, generatedTokens, instructions, cycles: Number(usage.cycles), price: Number(usage.price) },
  };
}
