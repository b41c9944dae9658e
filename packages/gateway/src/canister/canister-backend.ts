// A canister as a backend, through the client.
import {
  type AskOptions,
  type LlamaClient,
  LlamaError,
  loadedChatFormat,
  type ModelInfo,
  type Prompt,
  type Quote,
  type TemplateMessage,
} from '@llama-canister/client';
import type {
  Answering,
  Ask,
  Backend,
  Decision,
  DecisionQuestion,
  Delta,
  Message,
  Model,
  ModelFacts,
  TokenizeOptions,
} from '../backend.js';
import { Refusal } from '../refusal.js';

export interface CanisterBackendOptions {
  /** The model's name for clients; default: the name of its file without the ending. */
  name?: string | undefined;
  /**
   * The same canister, for starting answers, possibly with less patience than for reading them; default: the one above.
   */
  starter?: LlamaClient | undefined;
}

/** Milliseconds for which a canister's report of its model is reused. */
const BELIEVED_MS = 2_000;

/**
 * Marks the end of the text that is continued, so that it can be found in the rendered prompt; no template writes it.
 */
const CONTINUED = 'continued-7f3b0c5e91d44a6f';

/** The name of a model if the canister reports nothing about it. */
const UNNAMED = 'model';

const factsOf = (info: ModelInfo, canister: string): ModelFacts => ({
  canister,
  architecture: info.architecture,
  name: info.name,
  fileType: info.file_type,
  parameters: info.parameters,
  fileBytes: Number(info.filesize),
  sha256: info.filesha256,
  heapBytes: Number(info.model_heap_bytes),
  context: Number(info.context),
  trainedContext: Number(info.trained_context),
  chatTemplate: info.chat_template,
});

/** `models/qwen2.5-0.5b-q8_0.gguf` becomes `qwen2.5-0.5b-q8_0`. */
const nameOf = (filename: string): string => filename.replace(/^.*\//, '').replace(/\.gguf$/i, '');

const said = ({ role, content, reasoning, toolCalls, toolCallId, name }: Message): TemplateMessage => ({
  role,
  content,
  ...(reasoning === undefined ? {} : { thinking: reasoning }),
  ...(toolCalls === undefined ? {} : { toolCalls }),
  ...(toolCallId === undefined ? {} : { toolCallId }),
  ...(name === undefined ? {} : { name }),
});

const promptOf = ({ prompt }: Ask): Prompt => ('text' in prompt ? prompt.text : prompt.messages.map(said));

function formatOf(format: Ask['responseFormat']): AskOptions['responseFormat'] {
  if (format.type === 'json') return 'json';
  if (format.type === 'json_schema') return { jsonSchema: format.schema };
  return format.type === 'gbnf' ? { gbnf: format.grammar } : undefined;
}

function optionsOf(ask: Ask): AskOptions {
  const { tools, toolChoice, thinking } = ask;
  const hasThinking = Object.values(thinking).some((value) => value !== undefined);
  return {
    session: ask.session,
    maxTokens: ask.maxTokens,
    seed: ask.seed,
    // The canister treats an empty list as if it were missing.
    sampling: ask.sampling.length > 0 ? ask.sampling : undefined,
    stop: ask.stop.length > 0 ? ask.stop : undefined,
    responseFormat: formatOf(ask.responseFormat),
    templateArguments: ask.templateArguments,
    thinking: hasThinking ? thinking : undefined,
    logprobs: ask.logprobs,
    continueFinalMessage: ask.continuesLast || undefined,
    ...(tools.length === 0
      ? {}
      : {
          tools: tools.map(({ description, ...rest }) => ({
            type: 'function' as const,
            function: { ...rest, ...(description === undefined ? {} : { description }) },
          })),
          toolChoice: typeof toolChoice === 'object' ? { function: toolChoice.name } : toolChoice,
          parallelToolCalls: ask.parallelToolCalls,
        }),
  };
}

const deltasOf = (answer: AsyncIterable<Delta>): AsyncIterable<Delta> => ({
  [Symbol.asyncIterator]: () => answer[Symbol.asyncIterator](),
});

export class CanisterBackend implements Backend {
  readonly #llama: LlamaClient;
  readonly #starter: LlamaClient;
  /** Undefined until the canister has reported a model. */
  #name: string | undefined;
  readonly #isNamed: boolean;
  readonly #since = Math.floor(Date.now() / 1000);
  #models: Promise<Model[]> | undefined;
  #asked = 0;

  constructor(llama: LlamaClient, { name, starter = llama }: CanisterBackendOptions = {}) {
    this.#llama = llama;
    this.#starter = starter;
    this.#name = name;
    this.#isNamed = name !== undefined;
  }

  /** Errors: those of the client, if the canister cannot be reached. */
  models(): Promise<Model[]> {
    if (this.#models === undefined || Date.now() - this.#asked > BELIEVED_MS) {
      this.#asked = Date.now();
      const asking = this.#askModels();
      this.#models = asking;
      asking.catch(() => {
        if (this.#models === asking) this.#models = undefined;
      });
    }
    return this.#models;
  }

  async #askModels(): Promise<Model[]> {
    const { canister } = this.#llama;
    const [{ ready, reason }, info] = await Promise.all([canister.ready(), canister.modelInfo()]);
    if (!this.#isNamed && info) this.#name = nameOf(info.filename);
    // llama_cpp_canister does not report its model.
    else if (ready) this.#name ??= UNNAMED;
    const facts = info && factsOf(info, canister.canisterId);
    return [{ id: this.#name ?? '', created: this.#since, ready, reason, facts }];
  }

  async start(ask: Ask, signal: AbortSignal): Promise<Answering> {
    const options = optionsOf(ask);
    const prompt = promptOf(ask);
    const starter = this.#starter;
    const begun = typeof prompt === 'string' ? starter.complete(prompt, options) : starter.chat(prompt, options);
    // The rest of a cancelled answer is still read, because its end has the usage.
    const cancel = () => void begun.cancel().catch(() => {});
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
    // The canister's refusal has to be known before a stream begins, because a stream begins with status 200.
    const id = await begun.id.catch(async (error) => {
      throw await this.#whyNot(error, prompt, options);
    });
    // An answer without an id can be read only by the client that began it.
    const read = id === undefined || starter === this.#llama ? begun : this.#llama.attach(id, { keep: false });
    const reference = id === undefined ? undefined : `${this.#llama.canister.canisterId}/${id}`;
    return Object.assign(deltasOf(read), { reference });
  }

  /**
   * The network does not say why it rejected a message: the caller may have no access, or the message may have too much
   * in it. The canister says which, if it gets a query with the same argument.
   */
  async #whyNot(error: unknown, prompt: Prompt, options: AskOptions): Promise<unknown> {
    if (!(error instanceof LlamaError) || error.code !== 'ACCESS_DENIED') return error;
    // If the canister is llama_cpp_canister, it has no such query, and that explains nothing.
    const isSaid = (said: unknown) =>
      said instanceof LlamaError && said.kind === 'refused' && said.code !== 'NOT_SUPPORTED';
    return this.#starter.quote(prompt, options).then(
      () => error,
      (said) => (isSaid(said) ? said : error),
    );
  }

  async attach(reference: string, signal: AbortSignal): Promise<AsyncIterable<Delta>> {
    const id = reference.slice(reference.indexOf('/') + 1);
    // Fails before a stream begins if there is no such answer.
    await this.#llama.generations.get(BigInt(id), { signal });
    const answer = this.#llama.attach(id);
    const cancel = () => void answer.cancel().catch(() => {});
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
    return answer;
  }

  async hasSession(session: string, signal: AbortSignal): Promise<boolean> {
    return (await this.#llama.canister.sessionInfo(session, { signal })) !== undefined;
  }

  async count(ask: Ask, signal: AbortSignal): Promise<number> {
    const { promptTokens }: Quote = await this.#llama.quote(promptOf(ask), { ...optionsOf(ask), signal });
    return promptTokens;
  }

  decide(
    _model: string,
    state: string,
    questions: readonly DecisionQuestion[],
    signal: AbortSignal,
  ): Promise<Decision> {
    const prompt = [{ role: 'user' as const, content: state }];
    return this.#llama.decide(prompt, questions, { signal }).catch(async (error) => {
      throw await this.#whyNot(error, prompt, { signal });
    });
  }

  tokenize(_model: string, text: string, how: TokenizeOptions, signal: AbortSignal): Promise<number[]> {
    return this.#llama.tokenize(text, { ...how, signal });
  }

  detokenize(_model: string, tokens: readonly number[], signal: AbortSignal): Promise<string> {
    return this.#llama.detokenize(tokens, { signal });
  }

  async render(ask: Ask, signal: AbortSignal): Promise<string> {
    if ('text' in ask.prompt) return ask.prompt.text;
    const format = await loadedChatFormat(this.#llama.canister, { signal });
    const { tools } = optionsOf(ask);
    const variables = { ...ask.templateArguments, ...(tools === undefined ? {} : { tools }) };
    const plain = ask.prompt.messages.map(said);
    const last = plain.at(-1);
    if (!ask.continuesLast || last === undefined || last.content === '') {
      return format.prompt(ask.continuesLast ? plain.slice(0, -1) : plain, variables);
    }
    const marked = [...plain.slice(0, -1), { ...last, content: `${last.content}${CONTINUED}` }];
    const prompt = format.prompt(marked, variables);
    const end = prompt.lastIndexOf(CONTINUED);
    if (end >= 0) return prompt.slice(0, end);
    throw new Refusal(
      'invalid',
      'the chat template leaves out the text of the last message, which cannot be continued',
    );
  }
}
