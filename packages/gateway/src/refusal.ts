/** Why a request is not answered; every interface writes it in its own shape (faces/shapes.ts). */
export type RefusalKind =
  | 'invalid'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'wrong-method'
  | 'too-large'
  | 'wrong-type'
  | 'limited'
  /** The client has gone away. */
  | 'gone'
  | 'failed'
  | 'not-supported'
  | 'unreachable'
  | 'unavailable';

export const STATUS = {
  invalid: 400,
  unauthorized: 401,
  forbidden: 403,
  'not-found': 404,
  'wrong-method': 405,
  'too-large': 413,
  'wrong-type': 415,
  limited: 429,
  // nginx's status for a client that closed the connection.
  gone: 499,
  failed: 500,
  'not-supported': 501,
  unreachable: 502,
  unavailable: 503,
} as const satisfies Record<RefusalKind, number>;

interface RefusalDetails {
  /** The field of the request that is wrong, such as `messages[2].content`. */
  param?: string | undefined;
  /** A code for programs, which never changes: `model_not_found`. */
  code?: string | undefined;
  /** The methods that the path has. */
  allow?: readonly string[] | undefined;
  /** Seconds after which the same request may succeed. */
  retryAfter?: number | undefined;
  /** Whether the rest of the body was not read, so that the connection has to end after the answer. */
  closes?: boolean;
  /** Further data for programs, for interfaces that have a place for it (Anthropic's `error.details`). */
  details?: Readonly<Record<string, unknown>> | undefined;
  cause?: unknown;
}

/** A request that is not answered, and the reason, in a sentence for the client. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly kind: RefusalKind;
  readonly param: string | undefined;
  readonly code: string | undefined;
  readonly allow: readonly string[] | undefined;
  readonly retryAfter: number | undefined;
  readonly closes: boolean;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(kind: RefusalKind, message: string, details: RefusalDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = kind;
    this.param = details.param;
    this.code = details.code;
    this.allow = details.allow;
    this.retryAfter = details.retryAfter;
    this.closes = details.closes ?? false;
    this.details = details.details;
  }

  get status(): (typeof STATUS)[RefusalKind] {
    return STATUS[this.kind];
  }
}

/** The refusal of a field's value. */
export function invalid(param: string, why: string, code = 'invalid_value'): Refusal {
  return new Refusal('invalid', `${param}: ${why}`, { param, code });
}
