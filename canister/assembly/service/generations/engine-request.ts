/** What a job asks for, as a request to the engine. */
import { Request } from '../../llm/generation/request';
import { Arguments } from '../flags/arguments';
import { requestOf } from '../runs/generation-request';
import { ANY_TEXT, JobRequest, SCHEMA } from './request';

/** The request of a job's flags, with what it has to fit and where it stops. */
export function engineRequest(args: Arguments, asked: JobRequest): Request {
  const request = requestOf(args);
  request.stopsInAnswer = true;
  for (let i = 0; i < asked.stop.length; ++i) request.stops.push(asked.stop[i]);
  if (asked.format == ANY_TEXT) return request;
  request.constraint = asked.constraint;
  request.isSchema = asked.format == SCHEMA;
  request.constraintName = 'response_format';
  return request;
}
