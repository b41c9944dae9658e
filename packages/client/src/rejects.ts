import {
  AgentError,
  CertifiedRejectErrorCode,
  ErrorKindEnum,
  HttpErrorCode,
  TimeoutWaitingForResponseErrorCode,
  UncertifiedRejectErrorCode,
  UncertifiedRejectUpdateErrorCode,
} from '@icp-sdk/core/agent';
import * as v from 'valibot';
import { check } from './checks/checked.js';
import { number, text } from './checks/shapes.js';
import { type ErrorKind, LlamaError } from './errors.js';

/** The call that failed. */
export interface CallContext {
  canisterId: string;
  method: string;
}

interface Meaning {
  kind: ErrorKind;
  code: string;
  says: (call: CallContext) => string;
  next: string;
}

const OUT_OF_CYCLES: Meaning = {
  kind: 'cycles',
  code: 'OUT_OF_CYCLES',
  says: ({ canisterId }) => `canister ${canisterId} is out of cycles or frozen`,
  next: 'Lower its freezing threshold, or top it up: `llama-canister top-up --cycles 2T`',
};

const TRAPPED: Meaning = {
  kind: 'rejected',
  code: 'TRAPPED',
  says: ({ method }) => `${method} trapped, so nothing of what it did was kept`,
  next: 'Look at the text of the trap; if it is no fault of the arguments, report it.',
};

const OUT_OF_MEMORY: Meaning = {
  kind: 'rejected',
  code: 'OUT_OF_MEMORY',
  says: ({ method }) => `${method} needs more memory than there is`,
  next: 'Use a smaller model or a smaller --ctx-size.',
};

const SUBNET_BUSY: Meaning = {
  kind: 'rejected',
  code: 'BUSY',
  says: () => 'the network is too busy to take the message',
  next: 'Try again in a moment.',
};

/**
 * The replica's error codes that a user of a canister can meet, in words.
 * Numbers: dfinity/ic, rs/types/error_types, ErrorCode.
 */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  IC0101: SUBNET_BUSY,
  IC0201: SUBNET_BUSY,
  IC0202: SUBNET_BUSY,
  IC0204: SUBNET_BUSY,
  IC0207: OUT_OF_CYCLES,
  IC0301: {
    kind: 'rejected',
    code: 'CANISTER_NOT_FOUND',
    says: ({ canisterId }) => `canister ${canisterId} does not exist on this network`,
    next: 'Check the network and the canister id; a local network starts empty, so deploy again after starting it.',
  },
  IC0402: OUT_OF_MEMORY,
  IC0502: TRAPPED,
  IC0503: TRAPPED,
  IC0504: TRAPPED,
  IC0506: TRAPPED,
  IC0507: OUT_OF_MEMORY,
  IC0508: {
    kind: 'rejected',
    code: 'STOPPED',
    says: ({ canisterId }) => `canister ${canisterId} is stopped`,
    next: 'Start it again: `llama-canister start`',
  },
  IC0509: {
    kind: 'rejected',
    code: 'STOPPING',
    says: ({ canisterId }) => `canister ${canisterId} is stopping`,
    next: 'Wait until it has stopped, then start it: `llama-canister start`',
  },
  IC0512: {
    kind: 'rejected',
    code: 'NOT_CONTROLLER',
    says: ({ canisterId }) => `the caller is not a controller of canister ${canisterId}`,
    next: 'Use the identity that controls it (--identity FILE.pem).',
  },
  IC0522: {
    kind: 'rejected',
    code: 'INSTRUCTION_LIMIT',
    says: ({ method }) => `${method} did not fit the instruction limit of one message`,
    next: 'Ask for less per call; a query has an eighth of the instructions that an update has.',
  },
  IC0524: {
    kind: 'rejected',
    code: 'MEMORY_ACCESS_LIMIT',
    says: ({ method }) => `${method} touched more stable memory than one message may`,
    next: 'Use a smaller file or fewer bytes per call.',
  },
  IC0532: OUT_OF_CYCLES,
  IC0536: {
    kind: 'rejected',
    code: 'METHOD_NOT_FOUND',
    says: ({ canisterId, method }) => `canister ${canisterId} has no method ${method}`,
    next: 'Check that it is a llama canister, and upgrade it if it is an old one: `llama-canister upgrade`',
  },
  IC0537: {
    kind: 'rejected',
    code: 'NOTHING_INSTALLED',
    says: ({ canisterId }) => `canister ${canisterId} has no program installed`,
    next: 'Install one: `llama-canister deploy`',
  },
  IC0538: {
    kind: 'rejected',
    code: 'ALREADY_INSTALLED',
    says: ({ canisterId }) => `canister ${canisterId} has a program installed already`,
    next: 'Upgrade it: `llama-canister upgrade`',
  },
  IC0539: {
    kind: 'rejected',
    code: 'WASM_MEMORY_LIMIT',
    says: ({ canisterId }) => `canister ${canisterId} reached its Wasm memory limit`,
    next: 'Use a smaller model or --ctx-size, or raise the limit to 3.75 GiB: `llama-canister deploy`',
  },
};

/** Reject codes, for rejects without an error code. Source: IC interface specification, "Reject codes". */
const REJECT_CODES: Readonly<Record<number, string>> = {
  1: 'SYS_FATAL',
  2: 'SYS_TRANSIENT',
  3: 'DESTINATION_INVALID',
  4: 'CANISTER_REJECT',
  5: 'CANISTER_ERROR',
};

/** A message that canister_inspect_message does not accept is not executed, and the network gives no reason. */
const NOT_LET_IN: Meaning = {
  kind: 'refused',
  code: 'ACCESS_DENIED',
  says: ({ method }) => `${method}: access denied, or more was sent than the method takes`,
  next: 'Use the identity that controls the canister (--identity FILE.pem), or have a controller let you in.',
};

function meaningOf(errorCode: string | undefined, message: string): Meaning | undefined {
  // A canister's own rejections have the same code.
  if (/\bCanister rejected the message\b/.test(message)) return NOT_LET_IN;
  // Older replicas give the code in the text only.
  const code = errorCode ?? /\bIC\d{4}\b/.exec(message)?.[0];
  return code === undefined ? undefined : MEANINGS[code];
}

const contextShape = v.looseObject({ canisterId: text, method: text }, 'what was called');
const rejectShape = v.looseObject({ rejectCode: number, rejectMessage: text }, 'a reject');

/** A reject in our words, with the network's own text. */
export function rejection(
  call: CallContext,
  reject: { rejectCode: number; rejectMessage: string; rejectErrorCode: string | undefined },
  cause?: unknown,
): LlamaError {
  check('rejection: call', contextShape, call);
  check('rejection: reject', rejectShape, reject);
  const meaning = meaningOf(reject.rejectErrorCode, reject.rejectMessage);
  const code = reject.rejectErrorCode ?? REJECT_CODES[reject.rejectCode] ?? `reject code ${reject.rejectCode}`;
  const said = `${reject.rejectMessage.trim().replace(/\s*\n\s*/g, ' ')} [${code}]`;
  if (!meaning) {
    return new LlamaError('rejected', 'REJECTED', `${call.method} was rejected: ${said}`, { value: reject, cause });
  }
  return new LlamaError(meaning.kind, meaning.code, `${meaning.says(call)}: ${said}`, {
    value: reject,
    next: meaning.next,
    cause,
  });
}

/** Converts anything that a call through the agent can throw into a LlamaError. */
export function fromAgentError(error: unknown, call: CallContext): LlamaError {
  check('fromAgentError: call', contextShape, call);
  if (error instanceof LlamaError) return error;
  if (!(error instanceof AgentError)) {
    const text = error instanceof Error ? error.message : String(error);
    return new LlamaError('unknown', 'UNEXPECTED', `${call.method}: ${text}`, { cause: error });
  }
  const { code } = error;
  // The error of our own fetch or polling, which the agent has wrapped.
  const inner = (code as { error?: unknown }).error;
  if (inner instanceof LlamaError) return inner;
  if (
    code instanceof CertifiedRejectErrorCode ||
    code instanceof UncertifiedRejectErrorCode ||
    code instanceof UncertifiedRejectUpdateErrorCode
  ) {
    return rejection(call, code, error);
  }
  if (code instanceof TimeoutWaitingForResponseErrorCode) {
    return new LlamaError('transport', 'TIMEOUT', `${call.method}: no answer came in time`, {
      next: 'The call may still finish; look at the state before repeating it.',
      cause: error,
    });
  }
  if (code instanceof HttpErrorCode) {
    const body = code.bodyText?.trim().slice(0, 500);
    const message = `${call.method}: the network answered HTTP ${code.status}${body ? `: ${body}` : ''}`;
    // Nothing of it comes right by waiting, unlike with the others.
    if (code.status === 413) {
      const next = 'Send less in one call.';
      return new LlamaError('refused', 'TOO_LARGE', message, { value: code.status, next, cause: error });
    }
    return new LlamaError('transport', 'HTTP_STATUS', message, { value: code.status, cause: error });
  }
  if (error.kind === ErrorKindEnum.Trust) {
    return new LlamaError('trust', 'NOT_VOUCHED_FOR', `${call.method}: ${firstLine(error)}`, {
      next: 'Check that the network and its root key belong together, and that the clock is right.',
      cause: error,
    });
  }
  if (error.kind === ErrorKindEnum.Transport) {
    return new LlamaError('transport', 'UNREACHABLE', `${call.method}: ${firstLine(error)}`, {
      next: 'Check that the network runs and can be reached.',
      cause: error,
    });
  }
  return new LlamaError('unknown', 'UNEXPECTED', `${call.method}: ${firstLine(error)}`, { cause: error });
}

/** The agent's messages have many lines of request details; the first line says what happened. */
function firstLine(error: Error): string {
  const end = error.message.indexOf('\n');
  return end < 0 ? error.message : error.message.slice(0, end);
}
