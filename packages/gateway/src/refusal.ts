/** Why a request is not answered; every face says it in its own shape (faces/shapes.ts). */
export type RefusalKind =
  | 'invalid'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'wrong-method'
  | 'too-large'
  | 'wrong-type'
  | 'limited'
  /** Who asked is not there any more. */
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
  // As nginx logs it.
  gone: 499,
  failed: 500,
  'not-supported': 501,
  unreachable: 502,
  unavailable: 503,
} as const satisfies Record<RefusalKind, number>;

interface RefusalDetails {
  /** The field of the request that is wrong, as `messages[2].content`. */
  param?: string | undefined;
  /** A word that stays the same, for programs: `model_not_found`. */
  code?: string | undefined;
  /** Methods that the path is for. */
  allow?: readonly string[] | undefined;
  /** Seconds after which the same request may be answered. */
  retryAfter?: number | undefined;
  /** The rest of the body was not read, so the connection ends with the answer. */
  closes?: boolean;
  /** What programs read of it beside the code, where an interface has a place for that (Anthropic's `error.details`). */
  details?: Readonly<Record<string, unknown>> | undefined;
  cause?: unknown;
}

/** A request that is not answered, and why, in a sentence for whoever sent it. */
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

/** What somebody's field must not be. */
export function invalid(param: string, why: string, code = 'invalid_value'): Refusal {
  return new Refusal('invalid', `${param}: ${why}`, { param, code });
}
