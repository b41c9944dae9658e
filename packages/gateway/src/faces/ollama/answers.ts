// POST /api/chat and /api/generate: lines of JSON, the last of which has `done`.
import { merged } from '../../answering/merged.js';
import { progressNote } from '../../answering/progress.js';
import { TokensOfText } from '../../answering/tokens-of-text.js';
import type { Said } from '../../answering/transcript.js';
import { cutOff, type Token, type Whole } from '../../answering/whole.js';
import { readJson } from '../../asking/body.js';
import type { Delta, EndReason, TokenAlternative, Usage } from '../../backend.js';
import { answered, streamed } from '../answer.js';
import { type Caller, type Desk, modelOf, type Request } from '../desk.js';
import { chatOrder, generateOrder, type OllamaOrder } from './request.js';

/** A piece of the answer, for either format. */
interface Piece {
  content: string;
  thinking?: string;
  tool_calls?: object[];
}

/** How each path wraps a piece. */
type Wrap = (piece: Piece) => object;

const asMessage: Wrap = (piece) => ({ message: { role: 'assistant', ...piece } });
const asResponse: Wrap = ({ content, ...rest }) => ({ response: content, ...rest });

const NANOSECONDS = 1e6;

const reasonOf = (reason: EndReason): string =>
  reason === 'end' || reason === 'stop' || reason === 'tool-calls' ? 'stop' : 'length';

/** Durations are measured here, because the canister reports none. */
function ending(reason: EndReason, usage: Usage, began: number): object {
  const duration = Math.round((performance.now() - began) * NANOSECONDS);
  return {
    done: true,
    done_reason: reasonOf(reason),
    total_duration: duration,
    load_duration: 0,
    prompt_eval_count: usage.promptTokens,
    prompt_eval_duration: 0,
    eval_count: usage.generatedTokens,
    eval_duration: duration,
    cached_count: usage.cachedTokens,
    cost: { instructions: usage.instructions, cycles: Number(usage.cycles), price: Number(usage.price) },
  };
}

/** The arguments are an object here; those of a call that was cut off are no JSON, and their text is kept. */
function callOf(id: string, name: string, text: string, index: number): object {
  let given: unknown;
  try {
    given = JSON.parse(text || '{}');
  } catch {
    given = { INVALID_JSON: text };
  }
  return { id, function: { index, name, arguments: given } };
}

const alternative = ({ text, logprob, bytes }: TokenAlternative) => ({ token: text, logprob, bytes: [...bytes] });
const logprobOf = (token: Token) => ({ ...alternative(token), top_logprobs: token.alternatives.map(alternative) });

interface Head {
  model: string;
  wrap: Wrap;
  began: number;
  logprobs: boolean;
}

const line = ({ model, wrap }: Head, piece: Piece, rest: object = { done: false }) => ({
  model,
  created_at: new Date().toISOString(),
  ...wrap(piece),
  ...rest,
});

function wholeAnswer(head: Head, { text, thinking, toolCalls, tokens, reason, usage }: Whole): object {
  const calls = toolCalls.map(({ id, name, arguments: said }, i) => callOf(id, name, said, i));
  const piece: Piece = {
    content: text,
    ...(thinking === '' ? {} : { thinking }),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
  };
  return line(head, piece, {
    ...(head.logprobs ? { logprobs: tokens.map(logprobOf) } : {}),
    ...ending(reason, usage, head.began),
  });
}

async function* lines(head: Head, deltas: AsyncIterable<Delta>): AsyncGenerator<Said> {
  const said = (piece: Piece, rest?: object): Said => ({ data: JSON.stringify(line(head, piece, rest)) });
  const calls: { id: string; name: string; text: string }[] = [];
  const ofText = new TokensOfText();
  for await (const delta of deltas) {
    const tokens = ofText.take(delta);
    if (delta.type === 'text') yield said({ content: delta.text });
    else if (delta.type === 'thinking') yield said({ content: '', thinking: delta.text });
    else if (delta.type === 'tool-call') calls[delta.index] = { id: delta.id, name: delta.name, text: '' };
    else if (delta.type === 'tool-arguments') calls[delta.index]!.text += delta.text;
    else if (delta.type === 'tool-call-end') {
      const { id, name, text } = calls[delta.index]!;
      yield said({ content: '', tool_calls: [callOf(id, name, text, delta.index)] });
    } else if (delta.type === 'progress') yield { note: progressNote(delta) };
    else if (delta.type === 'token') {
      if (head.logprobs && tokens.length > 0) {
        yield said({ content: '' }, { done: false, logprobs: tokens.map(logprobOf) });
      }
    } else {
      yield said({ content: '' }, ending(delta.reason, delta.usage, head.began));
      return;
    }
  }
  throw cutOff();
}

async function* ofOne(head: Head, answers: readonly AsyncIterable<Delta>[]): AsyncGenerator<Said> {
  for await (const [, said] of merged(answers.map((deltas) => lines(head, deltas)))) yield said;
}

async function answer(
  desk: Desk,
  request: Request,
  orderOf: (json: object, caller: Caller) => OllamaOrder,
  wrap: Wrap,
): Promise<Response> {
  const { model, ask, stream, ignored } = orderOf(await readJson(request.req.raw, true), request.get('caller'));
  request.get('caller').ignored = ignored;
  const head: Head = { model, wrap, began: performance.now(), logprobs: ask?.logprobs !== undefined };
  // A request without a prompt asks to load the model, which is always loaded.
  if (ask === undefined) {
    await modelOf(desk, model);
    return Response.json(line(head, { content: '' }, { done: true, done_reason: 'load' }));
  }
  if (!stream) return answered(desk, request, [ask], ([whole]) => wholeAnswer(head, whole!));
  const { began: _, wrap: __, ...kept } = head;
  const recipe = { face: 'ollama', ...kept, isChat: wrap === asMessage };
  return streamed(desk, request, [ask], (answers) => ofOne(head, answers), { as: 'lines', recipe });
}

export const sayLines =
  ({ isChat, ...kept }: { isChat: boolean; model: string; logprobs: boolean }) =>
  (answers: readonly AsyncIterable<Delta>[]): AsyncIterable<Said> =>
    ofOne({ ...kept, began: performance.now(), wrap: isChat ? asMessage : asResponse }, answers);

export const chat = (desk: Desk, request: Request): Promise<Response> => answer(desk, request, chatOrder, asMessage);
export const generate = (desk: Desk, request: Request): Promise<Response> =>
  answer(desk, request, generateOrder, asResponse);
