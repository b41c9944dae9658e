// Requests to model servers, with redirects, waits and tokens.
import { setTimeout as sleep } from 'node:timers/promises';
import { LlamaError } from '@llama-canister/client';
import { formatDuration } from '../amounts.js';

export interface Sending {
  signal: AbortSignal;
  headers?: Readonly<Record<string, string>>;
  /** Sent only to the requested host, not to hosts that it redirects to. */
  token?: string | undefined;
  /** Called with the reason for a wait. */
  note: (text: string) => void;
}

/** A server's answer after its redirects. */
export interface Received {
  response: Response;
  /** Headers of the first answer, in which the hub describes the file. */
  first: Headers;
  /** Times out the wait for its bytes; the reader ends it. */
  patience: Patience;
}

const MOST_REDIRECTS = 10;
/** Attempts after temporary failures. */
const ATTEMPTS = 4;
const FIRST_WAIT_MS = 500;
/** If a server wants a longer wait, the user is told instead. The hub counts requests in windows of five minutes. */
const LONGEST_WAIT_MS = 310_000;
/** Without an answer or a byte for this long, the connection counts as broken. */
const SILENCE_MS = 30_000;

const AGENT = 'llama-canister';
const isRedirect = (status: number) => [301, 302, 303, 307, 308].includes(status);

/** Why a request failed, which fetch only says in its causes. */
export function causeOf(error: unknown): string {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(inner instanceof Error)) return String(inner);
  const { code } = inner as NodeJS.ErrnoException;
  return inner.message === '' ? (code ?? 'unknown') : inner.message;
}

/** One request and the redirects that follow. Errors: those of fetch; `UNSAFE_REDIRECT`, `TOO_MANY_REDIRECTS`. */
async function follow(address: string, { headers, token }: Sending, patience: Patience): Promise<Received> {
  const origin = new URL(address).origin;
  let first: Headers | undefined;
  let url = new URL(address);
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    const sent: Record<string, string> = { 'user-agent': AGENT, 'accept-encoding': 'identity', ...headers };
    if (token !== undefined && url.origin === origin) sent.authorization = `Bearer ${token}`;
    const response = await fetch(url, { headers: sent, redirect: 'manual', signal: patience.signal });
    patience.heard();
    first ??= response.headers;
    const location = response.headers.get('location');
    if (!isRedirect(response.status) || location === null) return { response, first, patience };
    await response.body?.cancel();
    const next = new URL(location, url);
    if (url.protocol === 'https:' && next.protocol !== 'https:') {
      throw new LlamaError(
        'trust',
        'UNSAFE_REDIRECT',
        `${url.host} redirects to ${next.origin}, which does not use HTTPS`,
        {
          value: next.href,
          next: 'The download was stopped there; ask whoever runs the server, or choose another source.',
        },
      );
    }
    url = next;
  }
  throw new LlamaError('transport', 'TOO_MANY_REDIRECTS', `${address} redirects without end`, {
    next: 'Check the address, or choose another source.',
  });
}

/** Milliseconds that a server asks to wait for; undefined where it does not. The hub says it in the header RateLimit. */
function retryAfter(headers: Headers, now: number = Date.now()): number | undefined {
  const header = headers.get('retry-after');
  if (header === null) {
    const [, seconds] = /;\s*t=(\d+)/.exec(headers.get('ratelimit') ?? '') ?? [];
    return seconds === undefined ? undefined : Number(seconds) * 1000;
  }
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

function gaveUp(address: string, status: number, waitMs: number | undefined): LlamaError {
  const { host } = new URL(address);
  if (status === 429) {
    const when = waitMs === undefined ? 'in a while' : `in ${formatDuration(waitMs / 1000)}`;
    return new LlamaError('transport', 'RATE_LIMITED', `${host} has had too many requests from here (429)`, {
      value: waitMs,
      next: `Run the same command again ${when}; with a token (HF_TOKEN, --token) more requests are allowed.`,
    });
  }
  return new LlamaError('transport', 'SERVER_FAILED', `${host} fails with status ${status}`, {
    value: status,
    next: 'The server is at fault: run the same command again later. It resumes where it stopped.',
  });
}

function unreached(address: string, error: unknown): LlamaError {
  const { host } = new URL(address);
  return new LlamaError('transport', 'UNREACHABLE', `${host} cannot be reached: ${causeOf(error)}`, {
    value: host,
    next: 'Check the connection and run the same command again: it resumes where it stopped. Models that are here already: `llama-canister models`',
    cause: error,
  });
}

/** A signal that also fires when nothing was received for a while. */
class Patience {
  readonly #controller = new AbortController();
  readonly #outer: AbortSignal;
  readonly #onOuter = () => this.#controller.abort(this.#outer.reason);
  #timer: NodeJS.Timeout | undefined;

  constructor(outer: AbortSignal) {
    this.#outer = outer;
    if (outer.aborted) this.#onOuter();
    outer.addEventListener('abort', this.#onOuter);
    this.heard();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Something was received: restarts the wait. */
  heard(): void {
    clearTimeout(this.#timer);
    const silence = () => this.#controller.abort(new Error(`nothing came for ${SILENCE_MS / 1000} s`));
    this.#timer = setTimeout(silence, SILENCE_MS);
    this.#timer.unref();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#outer.removeEventListener('abort', this.#onOuter);
  }
}

/**
 * The answer to a request, retried if that may help: after a broken connection, a server failure, or a wait that the
 * server asks for. Other refusals are returned. Errors: `UNREACHABLE`, `RATE_LIMITED`, `SERVER_FAILED`, those of
 * redirects.
 */
export async function send(address: string, sending: Sending): Promise<Received> {
  for (let attempt = 1; ; attempt++) {
    let wait = FIRST_WAIT_MS * 2 ** (attempt - 1);
    let why: string;
    const patience = new Patience(sending.signal);
    try {
      const received = await follow(address, sending, patience);
      const { status, headers } = received.response;
      if (status !== 429 && status < 500) return received;
      await received.response.body?.cancel();
      const asked = retryAfter(headers);
      wait = asked ?? wait;
      if (attempt === ATTEMPTS || wait > LONGEST_WAIT_MS) throw gaveUp(address, status, asked);
      why = `status ${status}`;
      patience.end();
    } catch (error) {
      patience.end();
      if (error instanceof LlamaError || sending.signal.aborted) throw error;
      if (attempt === ATTEMPTS) throw unreached(address, error);
      why = causeOf(error);
    }
    sending.note(`${new URL(address).host}: ${why}; again in ${Math.max(1, Math.round(wait / 1000))} s.`);
    await sleep(wait, undefined, { signal: sending.signal });
  }
}

/** A server's JSON answer. Errors: those of `send`, of `refusal` for other answers, and `NOT_JSON`. */
export async function sendForJson(
  address: string,
  sending: Sending,
  refusal: (response: Response) => LlamaError,
): Promise<{ value: unknown; headers: Headers }> {
  const { response, patience } = await send(address, sending);
  try {
    if (response.status !== 200) {
      await response.body?.cancel();
      throw refusal(response);
    }
    return { value: await response.json(), headers: response.headers };
  } catch (cause) {
    if (cause instanceof LlamaError || sending.signal.aborted) throw cause;
    throw new LlamaError('transport', 'NOT_JSON', `${address} does not answer with JSON: ${causeOf(cause)}`, {
      value: address,
      next: 'Is it the right server? HF_ENDPOINT names the hub; without it, it is https://huggingface.co.',
      cause,
    });
  } finally {
    patience.end();
  }
}
