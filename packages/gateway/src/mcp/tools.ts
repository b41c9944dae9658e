// The tools for the models of other programs: to ask the canister's model, and to let it decide.
import { z } from 'zod';
import { whole } from '../answering/whole.js';
import { checked } from '../asking/checked.js';
import type { Ask, Backend, DecisionQuestion, Delta, Usage } from '../backend.js';
import { uncancelled } from '../faces/answer.js';
import { Refusal } from '../refusal.js';

const ask = z.strictObject({
  prompt: z.string().min(1),
  system: z.string().optional(),
  model: z.string().optional(),
  max_tokens: z.number().int().min(1).max(1_000_000).optional(),
  temperature: z.number().min(0).max(100).optional(),
  seed: z.number().int().min(0).max(4_294_967_295).optional(),
});

/** An int32, as in the canister's interface. */
const bound = z
  .number()
  .int()
  .min(-(2 ** 31))
  .max(2 ** 31 - 1);

const decide = z.strictObject({
  state: z.string().min(1).describe('what the question is about'),
  question: z.string().min(1),
  options: z.array(z.string().min(1)).min(2).max(256).optional().describe('without them: yes and no'),
  least: bound.optional().describe('with greatest: the answer is a whole number of this range'),
  greatest: bound.optional(),
  model: z.string().optional(),
});

/** Receives reports of how far an answer is. */
type OnProgress = (message: string) => void;

/** The result of a tool: a text for a model, and data for a program. */
interface ToolResult {
  text: string;
  structured: Record<string, unknown>;
}

type Call = (backend: Backend, given: unknown, onProgress: OnProgress, signal: AbortSignal) => Promise<ToolResult>;

interface Tool {
  name: string;
  description: string;
  schema: z.ZodType;
  call: Call;
}

const usageOf = ({ promptTokens, generatedTokens, instructions, cycles, price }: Usage) => ({
  promptTokens,
  generatedTokens,
  instructions,
  cycles: Number(cycles),
  price: Number(price),
});

/** The model with that name; without a name, the first that can answer. */
async function modelOf(backend: Backend, named: string | undefined, signal: AbortSignal): Promise<string> {
  const models = await backend.models(signal);
  if (named !== undefined && !models.some(({ id }) => id === named)) {
    const names = models.map(({ id }) => id).join(', ');
    throw new Refusal('not-found', `model: there is no "${named.slice(0, 100)}"; there is: ${names || 'none'}`);
  }
  if (named !== undefined) return named;
  return (models.find(({ ready }) => ready) ?? models[0])?.id ?? '';
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

const callAsk: Call = async (backend, given, onProgress, signal) => {
  const { prompt, system, model, max_tokens: maxTokens, temperature, seed } = checked(ask, given);
  const asked: Ask = {
    model: await modelOf(backend, model, signal),
    prompt: {
      messages: [
        ...(system === undefined ? [] : [{ role: 'system' as const, content: system }]),
        { role: 'user', content: prompt },
      ],
    },
    tools: [],
    toolChoice: 'none',
    parallelToolCalls: false,
    thinking: {},
    logprobs: undefined,
    sampling: temperature === undefined ? [] : ['--temp', String(temperature)],
    seed,
    stop: [],
    maxTokens,
    responseFormat: { type: 'text' },
    templateArguments: undefined,
    session: undefined,
    affinity: undefined,
  };
  const { text, usage } = await whole(watched(uncancelled(await backend.start(asked, signal)), onProgress));
  return { text, structured: { text, usage: usageOf(usage) } };
};

type Decide = z.output<typeof decide>;

function kindOf({ options, least, greatest }: Decide): DecisionQuestion['kind'] {
  if (least === undefined && greatest === undefined) return options === undefined ? 'yes-no' : { choice: options };
  if (options !== undefined) throw new Refusal('invalid', 'options: there is a range already', { param: 'options' });
  if (least === undefined || greatest === undefined) {
    throw new Refusal('invalid', 'least, greatest: a range has both', { param: 'least' });
  }
  return { score: { least, greatest } };
}

const callDecide: Call = async (backend, given, onProgress, signal) => {
  const body = checked(decide, given);
  const model = await modelOf(backend, body.model, signal);
  onProgress('deciding');
  const { answers, usage } = await backend.decide(
    model,
    body.state,
    [{ text: body.question, kind: kindOf(body) }],
    signal,
  );
  const { options, best, expected, logCoverage } = answers[0]!;
  const probabilities = Object.fromEntries(options.map(({ label, probability }) => [label, probability]));
  const structured = {
    choice: best,
    probabilities,
    ...(expected === undefined ? {} : { expected }),
    coverage: Math.exp(logCoverage),
    usage: usageOf(usage),
  };
  return { text: best, structured };
};

export const TOOLS: readonly Tool[] = [
  {
    name: 'ask',
    description: 'Asks a language model that runs in a canister of the Internet Computer, and gives its answer.',
    schema: ask,
    call: callAsk,
  },
  {
    name: 'decide',
    description:
      'Has a language model in a canister answer a question about a text: yes or no, one of several options, or a number of a range. Gives the most probable answer and how probable each is; the same question always has the same answer.',
    schema: decide,
    call: callDecide,
  },
];
