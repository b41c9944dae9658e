/**
 * What there is to see over HTTP, and its certification (HTTP gateway protocol specification, version 2). The chat page and
 * the answers to what there is not are certified as they are; the status and the metrics change by the minute, and it is
 * certified that they are not. canister/scripts/site makes all of it when the canister is built, with the tree.
 */
import { HttpHeader, HttpResponse } from '../../ic/candid/service.generated';
import { Blob, Text } from '../../ic/candid/values';
import { certificate, certify } from '../../ic/certified';
import { Asked, Page, rootHash } from './archive';
import { base64 } from './base64';

/** Called by every program before anything else: puts the pages under the subnet's signature. */
export function certifySite(): void {
  certify(rootHash());
}

function header(name: string, value: string): HttpHeader {
  const made = new HttpHeader();
  made._0_ = Text.of(name);
  made._1_ = Text.of(value);
  return made;
}

/** The answer of a page, with its certificate where there is one: in a query whose answer comes from one replica. */
export function answerOf(page: Page, asked: Asked): HttpResponse {
  const answer = page.answer(asked);
  const response = new HttpResponse();
  response.status_code = answer.status;
  response.headers = answer.headers;
  response.body = answer.body;
  const signed = certificate();
  if (signed !== null) {
    response.headers.push(header('ic-certificate', `certificate=:${base64(signed)}:, ${page.proof}`));
  }
  return response;
}

/** The same of a page that changes, with what it is now; nothing where none is asked for. */
export function changingAnswerOf(page: Page, asked: Asked, body: string): HttpResponse {
  const response = answerOf(page, asked);
  if (body.length == 0) return response;
  const text = Text.of(body);
  response.body = new Blob(text.ptr, text.size);
  return response;
}

/** On the way from where nothing is verified to where everything is. */
export function redirection(location: string): HttpResponse {
  const response = new HttpResponse();
  response.status_code = 308;
  response.headers.push(header('location', location));
  return response;
}
