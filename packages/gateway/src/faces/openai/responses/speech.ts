// Turns deltas into the events of a response, and assembles the response at the same time.
import { createHash } from 'node:crypto';
import { progressNote } from '../../../answering/progress.js';
import { TokensOfText } from '../../../answering/tokens-of-text.js';
import type { Frame, Said } from '../../../answering/transcript.js';
import { cutOff, type Token } from '../../../answering/whole.js';
import type { Origin } from '../../../asking/tools.js';
import type { Delta, Usage } from '../../../backend.js';
import { refusalOf } from '../../../failures.js';
import { now } from '../../desk.js';
import { tokenLogprob } from '../logprobs.js';
import { costOf } from '../usage.js';
import type { Item } from './items.js';

/** The fields of its request that a response repeats. */
export type ResponseHead = Record<string, unknown> & { id: string; object: 'response'; created_at: number };

const usageOf = (usage: Usage) => ({
  input_tokens: usage.promptTokens,
  input_tokens_details: { cached_tokens: usage.cachedTokens },
  output_tokens: usage.generatedTokens,
  output_tokens_details: { reasoning_tokens: usage.thinkingTokens },
  total_tokens: usage.promptTokens + usage.generatedTokens,
  cost: costOf(usage),
});

interface SpeechOptions {
  head: ResponseHead;
  /** The tools in a namespace, by the name that the model sees. */
  origins: ReadonlyMap<string, Origin>;
  /** Whether thoughts are sent as a summary, because some clients show only that. */
  summarize: boolean;
}

/** The open item: its text so far, and what is needed to close it. */
interface OpenItem {
  kind: 'reasoning' | 'message' | 'function_call';
  item: Item;
  text: string;
  tokens: Token[];
}

export class Speech {
  readonly output: Item[] = [];
  readonly #head: ResponseHead;
  readonly #origins: ReadonlyMap<string, Origin>;
  readonly #summarize: boolean;
  #state: Record<string, unknown> = { status: 'in_progress', error: null, incomplete_details: null, usage: null };
  #open: OpenItem | undefined;
  #sequence = 0;
  readonly #ofText = new TokensOfText();

  constructor({ head, origins, summarize }: SpeechOptions) {
    this.#head = head;
    this.#origins = origins;
    this.#summarize = summarize;
  }

  /** The response as far as it has come. */
  get response(): ResponseHead {
    return { ...this.#head, ...this.#state, output: [...this.output] };
  }

  /** All events, from the first to the one that ends the response; an error becomes an event, too. */
  async *events(deltas: AsyncIterable<Delta>): AsyncGenerator<Said> {
    yield this.#event('response.created', { response: this.response });
    yield this.#event('response.in_progress', { response: this.response });
    try {
      for await (const delta of deltas) {
        if (delta.type === 'progress') yield { note: progressNote(delta) };
        else yield* this.#said(delta);
        if (delta.type === 'end') return;
      }
      throw cutOff();
    } catch (error) {
      const refusal = refusalOf(error);
      yield* this.#close('incomplete');
      const code = refusal.kind === 'limited' ? 'rate_limit_exceeded' : 'server_error';
      this.#state = { ...this.#state, status: 'failed', error: { code, message: refusal.message } };
      yield this.#event('response.failed', { response: this.response });
    }
  }

  #event(type: string, fields: object): Frame {
    return { event: type, data: JSON.stringify({ type, sequence_number: this.#sequence++, ...fields }) };
  }

  *#said(delta: Exclude<Delta, { type: 'progress' }>): Generator<Frame> {
    const tokens = this.#ofText.take(delta);
    switch (delta.type) {
      case 'text': {
        yield* this.#begin('message');
        const open = this.#open!;
        open.text += delta.text;
        yield this.#part('response.output_text.delta', { content_index: 0, delta: delta.text, logprobs: [] });
        break;
      }
      case 'token':
        this.#open?.tokens.push(...tokens);
        break;
      case 'thinking':
        yield* this.#begin('reasoning');
        this.#open!.text += delta.text;
        yield this.#summarize
          ? this.#part('response.reasoning_summary_text.delta', { summary_index: 0, delta: delta.text })
          : this.#part('response.reasoning_text.delta', { content_index: 0, delta: delta.text });
        break;
      case 'tool-call': {
        yield* this.#close('completed');
        yield* this.#begin('function_call', { call_id: delta.id, ...this.#nameOf(delta.name), arguments: '' });
        break;
      }
      case 'tool-arguments':
        this.#open!.text += delta.text;
        yield this.#part('response.function_call_arguments.delta', { delta: delta.text });
        break;
      case 'tool-call-end':
        yield* this.#close('completed');
        break;
      case 'end':
        yield* this.#end(delta);
    }
  }

  #nameOf(called: string): object {
    const origin = this.#origins.get(called);
    return origin === undefined ? { name: called } : { name: origin.name, namespace: origin.namespace };
  }

  *#end({ reason, usage }: Extract<Delta, { type: 'end' }>): Generator<Frame> {
    const isWhole = reason !== 'max-tokens' && reason !== 'context-full' && reason !== 'cancelled';
    yield* this.#close(isWhole ? 'completed' : 'incomplete');
    const status = isWhole ? 'completed' : reason === 'cancelled' ? 'cancelled' : 'incomplete';
    this.#state = {
      ...this.#state,
      status,
      completed_at: now(),
      incomplete_details: status === 'incomplete' ? { reason: 'max_output_tokens' } : null,
      usage: usageOf(usage),
    };
    yield this.#event(isWhole ? 'response.completed' : 'response.incomplete', { response: this.response });
  }

  /** An event about the open item. */
  #part(type: string, fields: object): Frame {
    return this.#event(type, { item_id: this.#open!.item.id, output_index: this.output.length, ...fields });
  }

  *#begin(kind: OpenItem['kind'], fields: Item = {}): Generator<Frame> {
    if (this.#open?.kind === kind && kind !== 'function_call') return;
    yield* this.#close('completed');
    const id = this.#idOf(kind);
    const item: Item = { id, type: kind, status: 'in_progress', ...fields };
    if (kind === 'message') Object.assign(item, { role: 'assistant', content: [] });
    if (kind === 'reasoning') Object.assign(item, { summary: [], ...(this.#summarize ? {} : { content: [] }) });
    this.#open = { kind, item, text: '', tokens: [] };
    yield this.#event('response.output_item.added', { output_index: this.output.length, item });
    if (kind === 'message') yield this.#part('response.content_part.added', { content_index: 0, part: this.#text() });
    if (kind === 'reasoning') {
      yield this.#summarize
        ? this.#part('response.reasoning_summary_part.added', { summary_index: 0, part: this.#thought() })
        : this.#part('response.content_part.added', { content_index: 0, part: this.#thought() });
    }
  }

  /** Depends on the response's id and position only, so that events after a restart repeat it. */
  #idOf(kind: OpenItem['kind']): string {
    const digest = createHash('sha256').update(`${this.#head.id} ${this.output.length}`).digest('base64url');
    return `${{ message: 'msg_', reasoning: 'rs_', function_call: 'fc_' }[kind]}${digest.slice(0, 24)}`;
  }

  #text(): object {
    const { text, tokens } = this.#open!;
    return { type: 'output_text', text, annotations: [], logprobs: tokens.map(tokenLogprob) };
  }

  #thought(): object {
    return { type: this.#summarize ? 'summary_text' : 'reasoning_text', text: this.#open!.text };
  }

  *#close(status: 'completed' | 'incomplete'): Generator<Frame> {
    if (this.#open === undefined) return;
    const { kind, item, text, tokens } = this.#open;
    item.status = status;
    if (kind === 'message') {
      const logprobs = tokens.map(tokenLogprob);
      yield this.#part('response.output_text.done', { content_index: 0, text, logprobs });
      yield this.#part('response.content_part.done', { content_index: 0, part: this.#text() });
      item.content = [this.#text()];
    } else if (kind === 'function_call') {
      item.arguments = text;
      yield this.#part('response.function_call_arguments.done', { arguments: text, name: item.name });
    } else if (this.#summarize) {
      yield this.#part('response.reasoning_summary_text.done', { summary_index: 0, text });
      yield this.#part('response.reasoning_summary_part.done', { summary_index: 0, part: this.#thought() });
      item.summary = [this.#thought()];
    } else {
      yield this.#part('response.reasoning_text.done', { content_index: 0, text });
      yield this.#part('response.content_part.done', { content_index: 0, part: this.#thought() });
      item.content = [this.#thought()];
    }
    yield this.#event('response.output_item.done', { output_index: this.output.length, item });
    this.output.push(item);
    this.#open = undefined;
  }
}
