/** Turns a command line into a request for a generation. */
import { Limits } from '../../llm/generation/limits';
import { Request } from '../../llm/generation/request';
import { Span } from '../../memory/span';
import { Arguments } from '../flags/arguments';
import { maxTokens } from '../limits/limits';
import { tokensLeft } from '../quotas/quotas';

/** Bytes of text at which a call stops generating, because they fill its reply. */
const MAX_TEXT: u32 = 256 << 10;

/** The sampling, constraint and stop texts. */
export function requestOf(args: Arguments): Request {
  const request = new Request(args.sampling);
  request.neverEnds = args.ignoreEos;
  if (args.constraint.size > 0) request.constraint = args.constraint;
  request.isSchema = args.isSchema;
  request.constraintName =
    (args.isSchema ? '--json-schema' : '--grammar') + (args.constraintFile.size > 0 ? '-file' : '');
  for (let i = 0; i < args.reversePrompts.length; ++i) request.stops.push(args.reversePrompts[i]);
  if (!args.areBreakersGiven) return request;
  const breakers: Span[] = [];
  for (let i = 0; i < args.breakers.length; ++i) breakers.push(args.breakers[i]);
  request.breakers = breakers;
  return request;
}

/** The limits of a call. */
export function limitsOf(args: Arguments, isQuery: bool): Limits {
  const limits = new Limits();
  limits.predict = args.predict;
  limits.tokens = maxTokens(isQuery);
  limits.text = MAX_TEXT;
  if (!isQuery) limits.allowance = tokensLeft();
  return limits;
}
