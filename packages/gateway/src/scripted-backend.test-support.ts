// A backend that says what a test tells it to, in the client's deltas; and a gateway in front of it on a real port.
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { createGateway, type GatewayOptions } from './app.js';
import type {
  Answering,
  Ask,
  Backend,
  Decision,
  DecisionQuestion,
  Delta,
  EndReason,
  Model,
  TokenizeOptions,
  Usage,
} from './backend.js';
import { Refusal } from './refusal.js';
import { type Listening, listen } from './server.js';

const USAGE: Usage = {
  promptTokens: 11,
  cachedTokens: 4,
  generatedTokens: 5,
  thinkingTokens: 2,
  instructions: 123_000_000,
  cycles: 456_000n,
  price: 789n,
};

export const end = (reason: EndReason = 'end', stop?: string): Delta => ({
  type: 'end',
  reason,
  ...(stop === undefined ? {} : { stop }),
  usage: USAGE,
});

export const text = (said: string): Delta => ({ type: 'text', text: said });
export const thinking = (said: string): Delta => ({ type: 'thinking', text: said });

export const call = (index: number, name: string, ...pieces: string[]): Delta[] => [
  { type: 'tool-call', index, id: `call_${index}`, name },
  ...pieces.map((piece): Delta => ({ type: 'tool-arguments', index, text: piece })),
  { type: 'tool-call-end', index },
];

export const token = (said: string, logprob: number, ...others: [string, number][]): Delta => ({
  type: 'token',
  text: said,
  bytes: new TextEncoder().encode(said),
  logprob,
  alternatives: others.map(([other, its]) => ({ text: other, bytes: new TextEncoder().encode(other), logprob: its })),
});

/** A delta, milliseconds to wait, or an error to throw. */
export type Line = Delta | number | Error;

export const MODEL: Model = {
  id: 'tiny-chat',
  created: 1_700_000_000,
  ready: true,
  reason: '',
  facts: {
    canister: 'aaaaa-aa',
    architecture: 'llama',
    name: 'Tiny Chat',
    fileType: 'Q8_0',
    parameters: 1_500_000n,
    fileBytes: 1_600_000,
    sha256: '00',
    heapBytes: 2_000_000,
    context: 512,
    trainedContext: 512,
    chatTemplate: '{{ messages }}',
  },
};

export const askOf = (model: string): Ask => ({
  model,
  prompt: { text: 'x' },
  tools: [],
  toolChoice: 'auto',
  parallelToolCalls: true,
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
});

export class ScriptedBackend implements Backend {
  readonly asked: Ask[] = [];
  readonly decided: { state: string; questions: readonly DecisionQuestion[] }[] = [];
  readonly #begun: Line[][] = [];
  cancelled = 0;
  /** One script for each answer; the last one is repeated. */
  scripts: Line[][];
  /** An error that is thrown before an answer begins. */
  refusal: Error | undefined;

  constructor(...scripts: Line[][]) {
    this.scripts = scripts;
  }

  async models(): Promise<Model[]> {
    return [MODEL];
  }

  async start(ask: Ask, signal: AbortSignal): Promise<Answering> {
    this.asked.push(ask);
    if (this.refusal) throw this.refusal;
    const script = this.scripts.length > 1 ? this.scripts.shift()! : this.scripts[0]!;
    return Object.assign(this.#say(script, signal), { reference: `scripts/${this.#begun.push(script) - 1}` });
  }

  async attach(reference: string, signal: AbortSignal): Promise<AsyncIterable<Delta>> {
    const script = this.#begun[Number(reference.slice('scripts/'.length))];
    if (script === undefined) throw new Refusal('not-found', 'there is no such answer');
    // What was waited for has arrived meanwhile.
    return this.#say(
      script.filter((line) => typeof line !== 'number'),
      signal,
    );
  }

  async *#say(script: readonly Line[], signal: AbortSignal): AsyncGenerator<Delta> {
    for (const line of script) {
      if (line instanceof Error) throw line;
      if (typeof line === 'number') await sleep(line, signal);
      else yield line;
      if (signal.aborted) {
        this.cancelled++;
        yield end('cancelled');
        return;
      }
    }
  }

  async count(): Promise<number> {
    return USAGE.promptTokens;
  }

  /** The first option is the most probable. */
  async decide(_: string, state: string, questions: readonly DecisionQuestion[]): Promise<Decision> {
    this.decided.push({ state, questions });
    const answers = questions.map(({ kind }) => {
      const labels = kind === 'yes-no' ? ['yes', 'no'] : 'choice' in kind ? kind.choice : ['1', '2'];
      const options = labels.map((label, i) => ({ label, probability: i === 0 ? 0.75 : 0.25, logProbability: -i }));
      return { options, best: labels[0]!, logCoverage: -0.5 };
    });
    return { answers, usage: USAGE };
  }

  /** Each character is a token. */
  async tokenize(_: string, text: string, { addSpecial = false }: TokenizeOptions): Promise<number[]> {
    return [...(addSpecial ? ['\u0001'] : []), ...text].map((character) => character.codePointAt(0)!);
  }

  async detokenize(_: string, tokens: readonly number[]): Promise<string> {
    return String.fromCodePoint(...tokens);
  }

  async render(ask: Ask): Promise<string> {
    return JSON.stringify(ask.prompt);
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', over);
      resolve();
    };
    const timer = setTimeout(over, ms);
    signal.addEventListener('abort', over);
  });
}

export interface Running {
  url: string;
  listening: Listening;
}

export async function running(options: GatewayOptions): Promise<Running> {
  const listening = await listen(createGateway(options), '127.0.0.1', 0);
  return { url: `http://127.0.0.1:${listening.port}`, listening };
}

/** A gateway in front of a scripted backend for a file's tests: started once, and reset before each test. */
export function scripted(options: Omit<GatewayOptions, 'backend'> = {}) {
  const backend = new ScriptedBackend();
  let gateway: Running;
  beforeAll(async () => {
    gateway = await running({ backend, pingMs: 40, patienceMs: 150, ...options });
  });
  afterAll(() => gateway.listening.close(0));
  beforeEach(() => {
    backend.asked.length = 0;
    backend.refusal = undefined;
    backend.cancelled = 0;
  });
  return {
    backend,
    url: () => gateway.url,
    /** Sets the script of every answer from now on. */
    says: (...lines: Line[]): void => {
      backend.scripts = [lines];
    },
    /** Posts a body as it is, or as JSON. */
    postJson: (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
      fetch(`${gateway.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    /** The last request that the backend got. */
    asked: (): Ask => backend.asked.at(-1)!,
  };
}

export const until = async (condition: () => boolean): Promise<void> => {
  for (const patience = Date.now() + 5_000; !condition(); ) {
    if (Date.now() > patience) throw new Error('it did not come');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};
