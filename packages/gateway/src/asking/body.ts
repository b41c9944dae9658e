// A request's body as safe JSON: of a known type, encoding and depth, without keys that reach prototypes, and without
// numbers that are too large to represent.
import { invalid, Refusal } from '../refusal.js';

/** Deeper than any schema or conversation, and far from exhausting the stack. */
const MAX_DEPTH = 100;

/**
 * Reads a request's JSON.
 * @param lenient  also accepts the content type that `curl -d` sends, as Ollama does
 */
export async function readJson(request: Request, lenient = false): Promise<Record<string, unknown>> {
  const type = (request.headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
  const isForm = lenient && type === 'application/x-www-form-urlencoded';
  if (type !== '' && type !== 'application/json' && !type.endsWith('+json') && !isForm) {
    throw new Refusal('wrong-type', `the body is ${type}, not JSON; send it with content-type: application/json`);
  }
  const encoding = request.headers.get('content-encoding') ?? 'identity';
  if (encoding !== 'identity') {
    throw new Refusal('wrong-type', `content-encoding: ${encoding} is not supported; send the body without it`);
  }
  return parseJson(await bytesOf(request));
}

async function bytesOf(request: Request): Promise<Uint8Array> {
  try {
    return new Uint8Array(await request.arrayBuffer());
  } catch (cause) {
    // A body that is too large is refused while it is being read.
    throw cause instanceof Refusal ? cause : brokenOff(cause);
  }
}

/** The error for a body that ends too early, or whose chunks are malformed. */
export const brokenOff = (cause: unknown): Refusal =>
  new Refusal('invalid', 'the body ended before it was complete', { cause });

function parseJson(bytes: Uint8Array): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    const why = cause instanceof SyntaxError ? cause.message : 'it is not UTF-8';
    throw new Refusal('invalid', bytes.length === 0 ? 'the body is empty' : `the body is not JSON: ${why}`, { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refusal('invalid', 'the body has to be a JSON object');
  }
  checkShape(value);
  return value as Record<string, unknown>;
}

/** Iterative, because it has to detect nesting that is too deep for recursion. */
function checkShape(root: object): void {
  const open: [value: object, depth: number, path: string][] = [[root, 1, '']];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [value, depth, path] = next;
    if (depth > MAX_DEPTH) throw invalid(path.slice(0, 200), `nested deeper than ${MAX_DEPTH}`);
    for (const [key, inner] of Object.entries(value)) {
      const at = Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
      if (key === '__proto__') throw invalid(at.slice(0, 200), 'a key with this name is not accepted');
      // JSON allows 1e400, but it would reach the canister as another number or as null.
      if (inner === Infinity || inner === -Infinity) throw invalid(at.slice(0, 200), 'this number is too large');
      if (typeof inner === 'object' && inner !== null) open.push([inner, depth + 1, at]);
    }
  }
}
