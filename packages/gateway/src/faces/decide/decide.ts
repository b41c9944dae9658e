// POST /v1/decide, which no other server has: questions about a state, answered by the probabilities of their options.
import { z } from 'zod';
import { patientJson } from '../../answering/streams.js';
import { readJson } from '../../asking/body.js';
import { checked } from '../../asking/checked.js';
import type { DecisionAnswer, DecisionQuestion } from '../../backend.js';
import { invalid } from '../../refusal.js';
import { type Desk, fieldsWithoutEffect, modelOf, type Request } from '../desk.js';

const MOST_QUESTIONS = 32;
const MOST_OPTIONS = 256;

/** An int32, as in the canister's interface. */
const bound = z
  .number()
  .int()
  .min(-(2 ** 31))
  .max(2 ** 31 - 1);

const schema = z.looseObject({
  model: z.string().nullish(),
  state: z.string().min(1, 'it is empty'),
  questions: z
    .array(
      z.strictObject({
        question: z.string().min(1, 'it is empty'),
        options: z
          .array(z.string().min(1, 'it is empty'))
          .min(2, 'there are no two options')
          .max(MOST_OPTIONS)
          .nullish(),
        least: bound.nullish(),
        greatest: bound.nullish(),
      }),
    )
    .min(1, 'there are no questions')
    .max(MOST_QUESTIONS, `at most ${MOST_QUESTIONS} questions`),
});

type Question = z.output<typeof schema>['questions'][number];

function questionOf({ question: text, options, least, greatest }: Question, at: string): DecisionQuestion {
  if (least == null && greatest == null) return { text, kind: options == null ? 'yes-no' : { choice: options } };
  if (options != null) throw invalid(`${at}.options`, 'there is a range already');
  if (least == null || greatest == null)
    throw invalid(`${at}.${least == null ? 'least' : 'greatest'}`, 'a range has both');
  if (least >= greatest) throw invalid(`${at}.greatest`, 'it has to be more than least');
  return { text, kind: { score: { least, greatest } } };
}

const answerOf = ({ options, best, expected, logCoverage }: DecisionAnswer) => ({
  best,
  options: options.map(({ label, probability, logProbability }) => ({ label, probability, logprob: logProbability })),
  ...(expected === undefined ? {} : { expected }),
  coverage: Math.exp(logCoverage),
});

export async function decide(desk: Desk, request: Request): Promise<Response> {
  const body = checked(schema, await readJson(request.req.raw));
  const questions = body.questions.map((each, i) => questionOf(each, `questions[${i}]`));
  const caller = request.get('caller');
  caller.ignored = fieldsWithoutEffect(body, schema);
  caller.prompt = JSON.stringify({ state: body.state, questions: body.questions });
  const { signal } = request.req.raw;
  const first = async () => {
    const models = await desk.backend.models(signal);
    return (models.find(({ ready }) => ready) ?? models[0])?.id ?? '';
  };
  const { id: model } = await modelOf(desk, body.model ?? (await first()));
  const work = async () => {
    const both = AbortSignal.any([signal, desk.closing]);
    const { answers, usage } = await desk.backend.decide(model, body.state, questions, both);
    caller.used(usage.promptTokens + usage.generatedTokens);
    return Response.json({
      object: 'decision',
      model,
      answers: answers.map(answerOf),
      usage: {
        prompt_tokens: usage.promptTokens,
        prompt_tokens_details: { cached_tokens: usage.cachedTokens },
        cost: { instructions: usage.instructions, cycles: Number(usage.cycles), price: Number(usage.price) },
      },
    });
  };
  return patientJson(work(), desk.patienceMs, desk.pingMs);
}
