// POST /v1/messages, and /v1/messages/count_tokens.
import { merged } from '../../answering/merged.js';
import { progressNote } from '../../answering/progress.js';
import type { Frame, Said } from '../../answering/transcript.js';
import { randomId } from '../../answering/transcripts.js';
import { cutOff, type Whole } from '../../answering/whole.js';
import { readJson } from '../../asking/body.js';
import { asFarAsItThinks } from '../../asking/thinking.js';
import type { Ask, Delta, EndReason, Usage } from '../../backend.js';
import { answered, streamed } from '../answer.js';
import { type Desk, ignoredBy, modelOf, type Request } from '../desk.js';
import { messagesOrder } from './request.js';

const STOPS: Readonly<Record<EndReason, string>> = {
  end: 'end_turn',
  stop: 'stop_sequence',
  'max-tokens': 'max_tokens',
  'context-full': 'model_context_window_exceeded',
  'tool-calls': 'tool_use',
  cancelled: 'max_tokens',
};

/** Anthropic signs thoughts; clients do nothing with the signature but send it back. */
const SIGNATURE = 'unsigned';

/** In this interface, input tokens do not include cached ones. */
const usageOf = (usage: Usage) => ({
  input_tokens: usage.promptTokens - usage.cachedTokens,
  cache_read_input_tokens: usage.cachedTokens,
  cache_creation_input_tokens: 0,
  output_tokens: usage.generatedTokens,
  cost: { instructions: usage.instructions, cycles: Number(usage.cycles), price: Number(usage.price) },
});

/** A call that was cut off has incomplete JSON; its text is kept. */
function inputOf(text: string): unknown {
  try {
    return JSON.parse(text || '{}');
  } catch {
    return { INVALID_JSON: text };
  }
}

interface Head {
  id: string;
  model: string;
}

const message = ({ id, model }: Head, fields: object) => ({ id, type: 'message', role: 'assistant', model, ...fields });

function wholeMessage(head: Head, { thinking, text, toolCalls, reason, stop, usage }: Whole): object {
  return message(head, {
    content: [
      ...(thinking === '' ? [] : [{ type: 'thinking', thinking, signature: SIGNATURE }]),
      ...(text === '' ? [] : [{ type: 'text', text, citations: null }]),
      ...toolCalls.map(({ id, name, arguments: said }) => ({ type: 'tool_use', id, name, input: inputOf(said) })),
    ],
    stop_reason: STOPS[reason],
    stop_sequence: stop ?? null,
    usage: usageOf(usage),
  });
}

const event = (type: string, fields: object): Frame => ({ event: type, data: JSON.stringify({ type, ...fields }) });

/** The content blocks of a message, of which one may be open. */
class Blocks {
  #index = -1;
  #kind: string | undefined;

  *to(kind: string, start: object): Generator<Frame> {
    if (this.#kind === kind && kind !== 'tool_use') return;
    yield* this.close();
    this.#index++;
    this.#kind = kind;
    yield event('content_block_start', { index: this.#index, content_block: { type: kind, ...start } });
  }

  delta(type: string, fields: object): Frame {
    return event('content_block_delta', { index: this.#index, delta: { type, ...fields } });
  }

  *close(): Generator<Frame> {
    if (this.#kind === undefined) return;
    if (this.#kind === 'thinking') yield this.delta('signature_delta', { signature: SIGNATURE });
    yield event('content_block_stop', { index: this.#index });
    this.#kind = undefined;
  }
}

async function* messageFrames(head: Head, deltas: AsyncIterable<Delta>): AsyncGenerator<Said> {
  const blocks = new Blocks();
  const nothing = { content: [], stop_reason: null, stop_sequence: null };
  yield event('message_start', {
    message: message(head, { ...nothing, usage: { input_tokens: 0, output_tokens: 0 } }),
  });
  for await (const delta of deltas) {
    if (delta.type === 'progress') yield { note: progressNote(delta) };
    else if (delta.type === 'text') {
      yield* blocks.to('text', { text: '' });
      yield blocks.delta('text_delta', { text: delta.text });
    } else if (delta.type === 'thinking') {
      yield* blocks.to('thinking', { thinking: '', signature: '' });
      yield blocks.delta('thinking_delta', { thinking: delta.text });
    } else if (delta.type === 'tool-call') yield* blocks.to('tool_use', { id: delta.id, name: delta.name, input: {} });
    else if (delta.type === 'tool-arguments') yield blocks.delta('input_json_delta', { partial_json: delta.text });
    else if (delta.type === 'tool-call-end') yield* blocks.close();
    else if (delta.type === 'end') {
      yield* blocks.close();
      const stopped = { stop_reason: STOPS[delta.reason], stop_sequence: delta.stop ?? null };
      yield event('message_delta', { delta: stopped, usage: usageOf(delta.usage) });
      yield event('message_stop', {});
      return;
    }
  }
  throw cutOff();
}

async function* ofOne(head: Head, answers: readonly AsyncIterable<Delta>[]): AsyncGenerator<Said> {
  for await (const [, said] of merged(answers.map((deltas) => messageFrames(head, deltas)))) yield said;
}

export async function messages(desk: Desk, request: Request): Promise<Response> {
  const { body, ask, ignored } = messagesOrder(await readJson(request.req.raw), request.get('caller'));
  request.get('caller').ignored = ignored;
  const head: Head = { id: randomId('msg_'), model: body.model };
  if (!body.stream) return answered(desk, request, [ask], ([answer]) => wholeMessage(head, answer!));
  const recipe = { face: 'messages', head };
  return streamed(desk, request, [ask], sayMessages(recipe), { id: head.id, recipe });
}

export const sayMessages =
  ({ head }: { head: Head }) =>
  (answers: readonly AsyncIterable<Delta>[]): AsyncIterable<Said> =>
    ofOne(head, answers);

export async function countTokens(desk: Desk, request: Request): Promise<Response> {
  const caller = request.get('caller');
  const { body, ask, ignored } = messagesOrder(await readJson(request.req.raw), caller, true);
  caller.ignored = ignored;
  const { id: model } = await modelOf(desk, body.model);
  const count = (each: Ask) => desk.backend.count({ ...each, model }, request.req.raw.signal);
  return Response.json({ input_tokens: await asFarAsItThinks(ask, count, ignoredBy(caller)) });
}
