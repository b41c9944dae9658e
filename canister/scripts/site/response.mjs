// Answers of the site, and the hash by which one is certified (HTTP gateway protocol specification, version 2).
import { sha256 } from './hash-tree.mjs';

const CERTIFIED =
  'default_certification(ValidationArgs{certification:Certification{no_request_certification:Empty{},' +
  'response_certification:ResponseCertification{response_header_exclusions:ResponseHeaderList{headers:[]}}}})';
const NOT_CERTIFIED = 'default_certification(ValidationArgs{no_certification:Empty{}})';

/** The labels of a tree, under which nothing of an answer is certified but that it is not. */
export const openLabels = [[sha256(NOT_CERTIFIED)]];

/** A number as LEB128. */
function leb(value) {
  return value < 128 ? Buffer.of(value) : Buffer.of((value & 127) | 128, value >> 7);
}

/** Of the status, all headers, whose names are in lower case, and the body. */
function hashOf({ status, headers, body }) {
  const pairs = [...headers, [':ic-cert-status', leb(status)]].map(([name, value]) =>
    Buffer.concat([sha256(name), sha256(value)]),
  );
  return sha256(sha256(...pairs.sort(Buffer.compare)), sha256(body));
}

/** An answer that says of itself how it is certified. */
export function answer(status, headers, body, { isCertified = true } = {}) {
  const expression = ['ic-certificateexpression', isCertified ? CERTIFIED : NOT_CERTIFIED];
  return { status, headers: [...headers, expression], body: Buffer.from(body) };
}

/** The same without its body, as HEAD has it. */
export const bare = (response) => ({ ...response, body: Buffer.alloc(0) });

/** The paths by which a tree has these answers, below where they are. */
export function certifiedLabels(responses) {
  return responses.map((response) => [sha256(CERTIFIED), '', hashOf(response)]);
}
