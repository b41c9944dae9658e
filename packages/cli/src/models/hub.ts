// Hugging Face: the files of a repository, and their addresses. Source: https://huggingface.co/docs/hub/api, and its
// use in huggingface_hub and huggingface.js.
import { basename } from 'node:path';
import { LlamaError } from '@llama-canister/client';
import { UsageError } from '../failure.js';
import { chooseFile, filesOf } from './choice.js';
import type { RemoteFile } from './download.js';
import { type Sending, sendForJson } from './http.js';
import type { HubReference } from './reference.js';
import type { Remote } from './remote.js';

const HUB = 'https://huggingface.co';
/** Most pages of a repository's list to read, of about 1,000 files each. */
const MOST_PAGES = 100;

interface TreeFile {
  path: string;
  size: number;
  /** Only for files in large-file storage. */
  sha256: string | undefined;
}

/** The hub's address; HF_ENDPOINT changes it, as in huggingface_hub. */
function endpoint(): string {
  const set = process.env.HF_ENDPOINT;
  if (!set) return HUB;
  if (!URL.canParse(set)) throw new UsageError(`HF_ENDPOINT is "${set}", which is no URL`);
  return set.replace(/\/+$/, '');
}

const repoOf = ({ owner, repo }: HubReference) => `${owner}/${repo}`;
const encoded = (path: string) => path.split('/').map(encodeURIComponent).join('/');

/** The meaning of the hub's refusals, by its own texts. */
function hubRefusal(reference: HubReference, hasToken: boolean): (response: Response) => LlamaError {
  const repo = repoOf(reference);
  const page = `${endpoint()}/${repo}`;
  const make = (code: string, message: string, next: string) =>
    new LlamaError('input', code, message, { value: repo, next });
  return ({ status, headers }) => {
    const why = headers.get('x-error-code');
    const said = headers.get('x-error-message');
    if (why === 'GatedRepo' || status === 403) {
      const ask = `Ask for access at ${page}`;
      return hasToken
        ? make(
            'NO_ACCESS',
            `${repo} cannot be read with this token (${said ?? status})`,
            `${ask}, or give the token the right to read it.`,
          )
        : make(
            'NO_ACCESS',
            `${repo} is available only after asking for access`,
            `${ask}, then give your token: HF_TOKEN=..., or --token.`,
          );
    }
    if (why === 'RevisionNotFound') {
      return make('NO_SUCH_REVISION', `${repo} has no revision ${reference.revision}`, `Look at ${page}/tree/main.`);
    }
    if (why === 'EntryNotFound') {
      return make('NO_SUCH_FILE', `${repo} has no such file`, `Look at ${page}/tree/${reference.revision}.`);
    }
    if (status === 401 && hasToken) {
      return make(
        'BAD_TOKEN',
        `the hub does not accept this token (${said ?? status})`,
        `Make one at ${endpoint()}/settings/tokens.`,
      );
    }
    if (status === 401 || status === 404) {
      return make(
        'NO_SUCH_REPOSITORY',
        `there is no repository ${repo}, or it is private`,
        `Look for it at ${endpoint()}/models?library=gguf. A private one needs a token: HF_TOKEN=..., or --token.`,
      );
    }
    return make(
      'HUB_REFUSED',
      `the hub refuses the request with status ${status}${said ? `: ${said}` : ''}`,
      `Look at ${page}.`,
    );
  };
}

function treeFile(entry: unknown): TreeFile | undefined {
  const { type, path, size, lfs } = (entry ?? {}) as Record<string, unknown>;
  if (type !== 'file' || typeof path !== 'string' || typeof size !== 'number') return undefined;
  const { oid, size: whole = size } = (lfs ?? {}) as Record<string, unknown>;
  const sha256 = typeof oid === 'string' && /^[0-9a-f]{64}$/.test(oid) ? oid : undefined;
  return { path, size: Number(whole), sha256 };
}

/** All files of a repository; the list comes in pages. */
async function tree(reference: HubReference, sending: Sending): Promise<TreeFile[]> {
  const refusal = hubRefusal(reference, sending.token !== undefined);
  const files: TreeFile[] = [];
  const revision = encodeURIComponent(reference.revision);
  let address: string | undefined = `${endpoint()}/api/models/${repoOf(reference)}/tree/${revision}?recursive=true`;
  for (let page = 0; address !== undefined && page < MOST_PAGES; page++) {
    const { value, headers } = await sendForJson(address, sending, refusal);
    if (!Array.isArray(value)) {
      throw new LlamaError('transport', 'NOT_JSON', `${address} does not answer with a list of files`, {
        next: 'Is it the right server? HF_ENDPOINT names the hub; without it, it is https://huggingface.co.',
      });
    }
    files.push(...value.map(treeFile).filter((file) => file !== undefined));
    const next: string | undefined = /<([^>]+)>\s*;\s*rel="?next"?/.exec(headers.get('link') ?? '')?.[1];
    // The token is sent only to the hub itself.
    address = next === undefined ? undefined : new URL(next, address).href;
  }
  return files;
}

/** The files of a name. Errors: those of choosing, of the hub and of reaching it. */
export async function findOnHub(reference: HubReference, sending: Sending): Promise<Remote> {
  const { owner, repo, revision } = reference;
  const files = await tree(reference, sending);
  const paths = files.map(({ path }) => path);
  const first = chooseFile(paths, reference, `hf:${repoOf(reference)}`);
  const parts = filesOf(first, paths);
  const remote = (path: string): RemoteFile => {
    const { size, sha256 } = files.find((file) => file.path === path)!;
    const url = `${endpoint()}/${repoOf(reference)}/resolve/${encodeURIComponent(revision)}/${encoded(path)}`;
    return { name: basename(path), url, size, sha256 };
  };
  return {
    folder: ['hf', owner, repo, ...(revision === 'main' ? [] : [`@${revision}`]), ...parts[0]!.split('/').slice(0, -1)],
    files: parts.map(remote),
    refusal: hubRefusal(reference, sending.token !== undefined),
    canonical: { kind: 'hf', owner, repo, revision, file: parts[0]! },
  };
}
