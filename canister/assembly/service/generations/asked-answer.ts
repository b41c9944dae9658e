/** Turns a job's request into a request to the engine. */
import { AnswerRequest } from '../../llm/generation/answer-request';
import { Problem, Result } from '../../problem';
import { Arguments } from '../flags/arguments';
import { requestOf } from '../runs/generation-request';
import { ANY_TEXT, JobRequest, SCHEMA } from './request';

/** The engine's request: the job's flags, tools, constraint and stop texts. */
export function askedAnswer(args: Arguments, asked: JobRequest, seed: u32): Result<AnswerRequest> {
  const request = requestOf(args);
  if (asked.format != ANY_TEXT) {
    request.constraint = asked.constraint;
    request.isSchema = asked.format == SCHEMA;
    request.constraintName = 'response_format';
  }
  const answer = new AnswerRequest(request);
  answer.isChat = asked.isChat;
  answer.continues = asked.continues;
  for (let i = 0; i < asked.stop.length; ++i) answer.stops.push(asked.stop[i]);
  answer.isParallel = asked.isParallel;
  answer.mostThoughts = asked.mostThoughts;
  answer.alternatives = asked.alternatives;
  answer.seed = seed;
  const wrong: Problem | null = answer.takeTools(asked.tools, asked.choice, asked.tool.toString());
  return wrong === null ? Result.ok<AnswerRequest>(answer) : Result.fail<AnswerRequest>(wrong);
}
