// POST /v1/completions: continues texts as they are.
import { z } from 'zod';
import { merged } from '../../answering/merged.js';
import { progressNote } from '../../answering/progress.js';
import { TokensOfText } from '../../answering/tokens-of-text.js';
import type { Said } from '../../answering/transcript.js';
import { randomId } from '../../answering/transcripts.js';
import { cutOff, type Token, together, type Whole } from '../../answering/whole.js';
import { readJson } from '../../asking/body.js';
import { checked } from '../../asking/checked.js';
import { openAiFields, tokenCount } from '../../asking/openai-fields.js';
import { logitBiasField, logitBiasFlags, samplingFlags, seedOf, stopsOf } from '../../asking/sampling.js';
import type { Ask, Delta, Usage } from '../../backend.js';
import { invalid } from '../../refusal.js';
import { answered, streamed } from '../answer.js';
import { type Caller, type Desk, fieldsWithoutEffect, now, type Request, sessionOf } from '../desk.js';
import { chatUsage, finishReason } from './usage.js';

/** OpenAI's default, because a text has no end of its own. */
const MAX_TOKENS = 16;
const MOST_CHOICES = 8;

const schema = z.looseObject({
  ...openAiFields,
  prompt: z.union([z.string(), z.array(z.union([z.string(), z.number(), z.array(z.number())])).min(1)]),
  max_tokens: tokenCount(0),
  n: z.number().int().min(1).max(MOST_CHOICES).nullish(),
  best_of: z.number().int().min(1).max(20).nullish(),
  stream_options: z
    .looseObject({ include_usage: z.boolean().nullish(), include_obfuscation: z.boolean().nullish() })
    .nullish(),
  logprobs: z.number().int().min(0).max(5).nullish(),
  logit_bias: logitBiasField,
  echo: z.boolean().nullish(),
  suffix: z.string().nullish(),
  grammar: z.string().nullish(),
});

type Body = z.output<typeof schema>;

function promptsOf(body: Body): string[] {
  const all = typeof body.prompt === 'string' ? [body.prompt] : body.prompt;
  return all.map((each, i) => {
    if (typeof each === 'string') return each;
    throw invalid(`prompt[${i}]`, 'token numbers are not accepted; send the text');
  });
}

function asksOf(body: Body, prompts: readonly string[], caller: Caller): Ask[] {
  const n = body.n ?? 1;
  if (body.stream_options && !body.stream) throw invalid('stream_options', 'it needs stream: true');
  if (body.suffix) throw invalid('suffix', 'the model cannot fill in what is between two texts');
  if (body.best_of != null && body.best_of !== n) throw invalid('best_of', 'it has to be the same as n');
  if (prompts.length * n > MOST_CHOICES) throw invalid('prompt', `at most ${MOST_CHOICES} answers in one request`);
  const session = sessionOf(caller, body.session);
  if (session !== undefined && prompts.length * n > 1) throw invalid('session', 'it can continue with only one answer');
  const seed = seedOf(body.seed);
  return prompts.flatMap((text) =>
    Array.from(
      { length: n },
      (_, i): Ask => ({
        model: body.model,
        prompt: { text },
        tools: [],
        toolChoice: 'none',
        parallelToolCalls: false,
        thinking: {},
        fieldNames: { stop: 'stop', response_format: 'grammar' },
        logprobs: body.logprobs ?? undefined,
        sampling: [...samplingFlags(body), ...logitBiasFlags(body.logit_bias)],
        seed: seed === undefined ? undefined : (seed + i) >>> 0,
        stop: stopsOf(body.stop),
        maxTokens: body.max_tokens ?? MAX_TOKENS,
        responseFormat: body.grammar ? { type: 'gbnf', grammar: body.grammar } : { type: 'text' },
        templateArguments: undefined,
        session,
        affinity: session ?? body.user ?? undefined,
      }),
    ),
  );
}

/** @param start  number of characters before the first token */
function logprobsOf(tokens: readonly Token[], start: number) {
  let at = start;
  const offsets = tokens.map(({ text }) => {
    const offset = at;
    at += text.length;
    return offset;
  });
  return {
    tokens: tokens.map(({ text }) => text),
    token_logprobs: tokens.map(({ logprob }) => logprob),
    top_logprobs: tokens.map(({ alternatives }) =>
      Object.fromEntries(alternatives.map(({ text, logprob }) => [text, logprob])),
    ),
    text_offset: offsets,
  };
}

interface Head {
  id: string;
  object: 'text_completion';
  created: number;
  model: string;
}

interface Shown {
  /** The text that is repeated before each answer. */
  echoes: readonly string[];
  logprobs: boolean;
  includeUsage: boolean;
  /** The number of answers to each prompt. */
  samePrompt: number;
}

/** The usage of all answers; each prompt counts once. */
function usageOf(usages: readonly Usage[], samePrompt: number): Usage {
  const groups = Array.from({ length: usages.length / samePrompt }, (_, i) =>
    together(usages.slice(i * samePrompt, (i + 1) * samePrompt), true),
  );
  return together(groups, false);
}

function wholeText(head: Head, answers: readonly Whole[], { echoes, logprobs, samePrompt }: Shown): object {
  return {
    ...head,
    choices: answers.map((answer, index) => ({
      index,
      text: echoes[index]! + answer.text,
      logprobs: logprobs ? logprobsOf(answer.tokens, echoes[index]!.length) : null,
      finish_reason: finishReason(answer.reason),
    })),
    usage: chatUsage(
      usageOf(
        answers.map(({ usage }) => usage),
        samePrompt,
      ),
    ),
  };
}

async function* textFrames(head: Head, answers: readonly AsyncIterable<Delta>[], shown: Shown): AsyncGenerator<Said> {
  const { echoes, logprobs, includeUsage, samePrompt } = shown;
  const chunk = (choices: object[], usage: object | null = null): Said => ({
    data: JSON.stringify({ ...head, choices, ...(includeUsage ? { usage } : {}) }),
  });
  const piece = (index: number, text: string, finish: string | null, tokens?: object): Said =>
    chunk([{ index, text, logprobs: tokens ?? null, finish_reason: finish }]);
  const usages: Usage[] = [];
  const ofTexts = echoes.map(() => new TokensOfText());
  const lengths = echoes.map((echo) => echo.length);
  for (const [index, echo] of echoes.entries()) if (echo !== '') yield piece(index, echo, null);
  for await (const [index, delta] of merged(answers)) {
    const tokens = logprobs ? ofTexts[index]!.take(delta) : [];
    if (delta.type === 'progress') yield { note: progressNote(delta) };
    else if (delta.type === 'text') {
      yield piece(index, delta.text, null);
    } else if (tokens.length > 0) {
      yield piece(index, '', null, logprobsOf(tokens, lengths[index]!));
      lengths[index]! += tokens.map(({ text }) => text).join('').length;
    } else if (delta.type === 'end') {
      usages[index] = delta.usage;
      yield piece(index, '', finishReason(delta.reason));
    }
  }
  if (Object.keys(usages).length < answers.length) throw cutOff();
  if (includeUsage) yield chunk([], chatUsage(usageOf(usages, samePrompt)));
  yield { data: '[DONE]' };
}

export async function completions(desk: Desk, request: Request): Promise<Response> {
  const json = await readJson(request.req.raw);
  const body = checked(schema, json);
  const prompts = promptsOf(body);
  const asks = asksOf(body, prompts, request.get('caller'));
  request.get('caller').ignored = fieldsWithoutEffect(json, schema);
  const head: Head = { id: randomId('cmpl-'), object: 'text_completion', created: now(), model: body.model };
  const shown: Shown = {
    echoes: asks.map(({ prompt }) => (body.echo && 'text' in prompt ? prompt.text : '')),
    logprobs: body.logprobs != null,
    includeUsage: body.stream_options?.include_usage === true,
    samePrompt: body.n ?? 1,
  };
  if (!body.stream) return answered(desk, request, asks, (answers) => wholeText(head, answers, shown));
  const say = (answers: readonly AsyncIterable<Delta>[]) => textFrames(head, answers, shown);
  // The echo before an answer is the prompt, which must not be written to disk.
  const kept = { ...shown, echoes: shown.echoes.map(() => '') };
  return streamed(desk, request, asks, say, { id: head.id, recipe: { face: 'text', head, shown: kept } });
}

export const sayText =
  ({ head, shown }: { head: Head; shown: Shown }) =>
  (answers: readonly AsyncIterable<Delta>[]): AsyncIterable<Said> =>
    textFrames(head, answers, shown);
