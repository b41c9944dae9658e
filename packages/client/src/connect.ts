import { Cbor, HttpAgent, type Identity } from '@icp-sdk/core/agent';
import * as v from 'valibot';
import { check, record } from './checks/checked.js';
import { bytes, callback, flag, having, maybe, number, signal } from './checks/shapes.js';
import { LlamaError } from './errors.js';
import { causeOf, type RetryOptions, retryingFetch } from './retry.js';

/** The boundary nodes' API of the main network. */
export const MAINNET_HOST = 'https://icp-api.io';

const MAINNET_DOMAINS = ['icp-api.io', 'icp0.io', 'ic0.app'];

/** DER prefix of a BLS12-381 public key; the 96 bytes of the key follow. Source: IC interface specification. */
const ROOT_KEY_BYTES = 133;

export interface ConnectOptions extends RetryOptions {
  /** Default: the main network. */
  host?: string | URL;
  /** Default: the anonymous identity. */
  identity?: Identity;
  /** The network's root key in DER, 133 bytes. Ignored for the main network, whose key is built in. */
  rootKey?: Uint8Array;
  /**
   * Ask the host itself for its root key, which means to trust whatever server answers. Default: only if the host is
   * this machine. Never done for the main network.
   */
  fetchRootKey?: boolean;
  fetch?: typeof fetch;
}

const hostShape = v.union([v.string(), v.instance(URL)], 'a URL');

const connectOptions = record<ConnectOptions>()({
  host: maybe(hostShape),
  identity: maybe(having('an identity', 'getPrincipal', 'transformRequest')),
  rootKey: maybe(bytes),
  fetchRootKey: maybe(flag),
  fetch: maybe(callback),
  retries: maybe(number),
  patience: maybe(number),
  signal: maybe(signal),
  onRetry: maybe(callback),
});

export function isMainnet(host: URL): boolean {
  check('isMainnet: host', v.instance(URL, 'a URL object'), host);
  return MAINNET_DOMAINS.some((domain) => host.hostname === domain || host.hostname.endsWith(`.${domain}`));
}

export function isLoopback(host: URL): boolean {
  check('isLoopback: host', v.instance(URL, 'a URL object'), host);
  const { hostname } = host;
  return hostname === 'localhost' || hostname.endsWith('.localhost') || /^127\./.test(hostname) || hostname === '[::1]';
}

function parseHost(host: string | URL): URL {
  let url: URL;
  try {
    url = new URL(host);
  } catch (cause) {
    throw new LlamaError('input', 'BAD_HOST', `"${host}" is not a URL`, {
      value: String(host),
      next: 'Give it with its scheme, as in http://127.0.0.1:4944.',
      cause,
    });
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new LlamaError('input', 'BAD_HOST', `"${host}" is neither http nor https`, { value: url.href });
  }
  return url;
}

/**
 * The root key that a network reports (`GET /api/v2/status`), in DER. Source: IC interface specification, "Request:
 * Status".
 */
export async function fetchRootKey(host: string | URL, fetcher: typeof fetch = fetch): Promise<Uint8Array> {
  check('fetchRootKey: host', hostShape, host);
  check('fetchRootKey: fetcher', callback, fetcher);
  const url = new URL('/api/v2/status', parseHost(host));
  const next = 'Check the URL, or start the local network: `llama-canister network start`';
  let body: Uint8Array;
  try {
    const response = await fetcher(url, { signal: AbortSignal.timeout(10_000) });
    if (!response.ok) {
      throw new LlamaError('transport', 'HTTP_STATUS', `${url.origin} answered HTTP ${response.status}`, { next });
    }
    body = new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    if (error instanceof LlamaError) throw error;
    throw new LlamaError('transport', 'UNREACHABLE', `no network answers at ${url.origin}: ${causeOf(error)}`, {
      value: url.origin,
      next,
      cause: error,
    });
  }
  const key = rootKeyIn(body);
  if (!key) {
    throw new LlamaError('transport', 'NOT_A_NETWORK', `what answers at ${url.origin} is no Internet Computer`, {
      value: url.origin,
      next: 'Check the URL: something else may be listening there.',
    });
  }
  return key;
}

function rootKeyIn(body: Uint8Array): Uint8Array | undefined {
  let status: unknown;
  try {
    status = Cbor.decode(body);
  } catch {
    return undefined;
  }
  const key = (status as { root_key?: unknown } | null)?.root_key;
  return key instanceof Uint8Array && key.length === ROOT_KEY_BYTES ? key : undefined;
}

/**
 * An agent for a network: signs calls with the identity and checks every answer's certificate or signature against the
 * network's root key.
 *
 * @example
 * const agent = await connect({ host: 'http://127.0.0.1:4944' });
 * const llama = openCanister(agent, 'uxrrr-q7777-77774-qaaaq-cai');
 */
export async function connect(options: ConnectOptions = {}): Promise<HttpAgent> {
  check('connect: options', connectOptions, options);
  const host = parseHost(options.host ?? MAINNET_HOST);
  const base = options.fetch ?? fetch;
  const agentOptions = {
    host: host.href,
    fetch: retryingFetch(base, options),
    // The retrying fetch above retries, with back-off and the abort signal.
    retryTimes: 0,
    ...(options.identity ? { identity: options.identity } : {}),
  };
  if (isMainnet(host)) return HttpAgent.createSync(agentOptions);
  if (options.rootKey && options.rootKey.length !== ROOT_KEY_BYTES) {
    throw new LlamaError('input', 'BAD_ROOT_KEY', `a root key has ${ROOT_KEY_BYTES} bytes`, { value: options.rootKey });
  }
  if (!options.rootKey && !(options.fetchRootKey ?? isLoopback(host))) {
    throw new LlamaError('trust', 'ROOT_KEY_UNKNOWN', `the root key of ${host.origin} is not known`, {
      value: host.origin,
      next: 'Give the root key, or say that the host is to be trusted with it (fetchRootKey).',
    });
  }
  const rootKey = options.rootKey ?? (await fetchRootKey(host, base));
  return HttpAgent.createSync({ ...agentOptions, rootKey });
}
