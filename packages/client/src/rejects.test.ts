import {
  CertificateVerificationErrorCode,
  CertifiedRejectErrorCode,
  HttpErrorCode,
  HttpFetchErrorCode,
  ProtocolError,
  RejectError,
  TransportError,
  TrustError,
  UncertifiedRejectErrorCode,
} from '@icp-sdk/core/agent';
import { expect, test } from 'vitest';
import { LlamaError } from './errors.js';
import { fromAgentError } from './rejects.js';

const call = { canisterId: 'uxrrr-q7777-77774-qaaaq-cai', method: 'run_update' };
const id = new Uint8Array(32) as never;

function reject(code: number, message: string, errorCode: string | undefined): LlamaError {
  return fromAgentError(RejectError.fromCode(new CertifiedRejectErrorCode(id, code, message, errorCode)), call);
}

test.each([
  [2, 'Canister is frozen', 'IC0207', 'cycles', 'OUT_OF_CYCLES', 'out of cycles or frozen'],
  [3, 'Canister not found', 'IC0301', 'rejected', 'CANISTER_NOT_FOUND', 'does not exist on this network'],
  [5, 'heap', 'IC0539', 'rejected', 'WASM_MEMORY_LIMIT', 'Wasm memory limit'],
  [5, 'no method', 'IC0536', 'rejected', 'METHOD_NOT_FOUND', 'has no method run_update'],
  [5, 'controllers only', 'IC0512', 'rejected', 'NOT_CONTROLLER', 'not a controller'],
  [5, 'no wasm', 'IC0537', 'rejected', 'NOTHING_INSTALLED', 'no program installed'],
  [5, 'stopped', 'IC0508', 'rejected', 'STOPPED', 'is stopped'],
  [5, 'too many', 'IC0522', 'rejected', 'INSTRUCTION_LIMIT', 'instruction limit'],
  [5, 'unreachable', 'IC0502', 'rejected', 'TRAPPED', 'trapped'],
  [4, 'Canister rejected the message', 'IC0406', 'refused', 'ACCESS_DENIED', 'access denied'],
])('reject %i "%s" %s', (rejectCode, message, errorCode, kind, code, says) => {
  const error = reject(rejectCode, message, errorCode);
  expect(error).toMatchObject({ kind, code });
  expect(error.message).toContain(says);
  expect(error.message).toContain(`${message} [${errorCode}]`);
  expect(error.next).toMatch(/[.`]$/);
});

test('the code is found in the text of older replicas, and an unknown reject keeps its words', () => {
  expect(reject(5, 'IC0503: Error from Canister: Panicked', undefined)).toMatchObject({ code: 'TRAPPED' });
  const unknown = reject(4, 'go away', 'IC0406');
  expect(unknown.message).toBe('run_update was rejected: go away [IC0406]');
  expect(reject(4, 'go away', undefined).message).toBe('run_update was rejected: go away [CANISTER_REJECT]');
});

test('uncertified rejects, as queries and early checks give them, mean the same', () => {
  const code = new UncertifiedRejectErrorCode(id, 3, 'Canister x not found', 'IC0301', undefined);
  expect(fromAgentError(RejectError.fromCode(code), call)).toMatchObject({ code: 'CANISTER_NOT_FOUND' });
});

test('transport, trust and everything else', () => {
  const http = ProtocolError.fromCode(new HttpErrorCode(500, 'Internal', [], 'it broke'));
  expect(fromAgentError(http, call)).toMatchObject({ kind: 'transport', code: 'HTTP_STATUS', value: 500 });
  expect(fromAgentError(http, call).message).toBe('run_update: the network answered HTTP 500: it broke');

  const large = ProtocolError.fromCode(new HttpErrorCode(413, 'Too large', [], 'body over 4 MiB'));
  expect(fromAgentError(large, call)).toMatchObject({ kind: 'refused', code: 'TOO_LARGE', value: 413 });
  expect(fromAgentError(large, call).message).toBe('run_update: the network answered HTTP 413: body over 4 MiB');

  const inner = new LlamaError('aborted', 'ABORTED', 'stopped');
  expect(fromAgentError(TransportError.fromCode(new HttpFetchErrorCode(inner)), call)).toBe(inner);

  const trust = TrustError.fromCode(new CertificateVerificationErrorCode('Invalid signature'));
  expect(fromAgentError(trust, call)).toMatchObject({ kind: 'trust', code: 'NOT_VOUCHED_FOR' });

  expect(fromAgentError(new Error('boo'), call)).toMatchObject({ kind: 'unknown', message: 'run_update: boo' });
  expect(fromAgentError(inner, call)).toBe(inner);
});
