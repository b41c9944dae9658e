// Names of models: where they come from, as a user types them.
//   hf:OWNER/REPO[@REVISION][:FILE.gguf|:TAG]     Hugging Face; a tag is a type of weights, such as Q4_K_M
//   ollama:[http[s]://HOST/][NAMESPACE/]NAME[:TAG]  Ollama's registry, or another one of its kind
//   http[s]://...                                 a file of any server
import { UsageError } from '../failure.js';

export interface HubReference {
  kind: 'hf';
  owner: string;
  repo: string;
  /** A branch, tag or commit. */
  revision: string;
  /** The path of a file in the repository. */
  file?: string;
  /** A type of weights, such as Q4_K_M. */
  tag?: string;
}

export interface OllamaReference {
  kind: 'ollama';
  /** The registry's origin. */
  registry: string;
  namespace: string;
  model: string;
  tag: string;
}

export interface UrlReference {
  kind: 'url';
  url: URL;
}

export type ModelReference = HubReference | OllamaReference | UrlReference;

const WORD = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const OLLAMA_REGISTRY = 'https://registry.ollama.ai';
const MAIN = 'main';
const HUB_HOSTS: ReadonlySet<string> = new Set(['huggingface.co', 'www.huggingface.co', 'hf.co']);

const HUB_FORM = 'hf:OWNER/REPO, hf:OWNER/REPO:Q4_K_M or hf:OWNER/REPO:FILE.gguf';

function wrong(text: string, form: string): UsageError {
  return new UsageError(`"${text}" is no name of a model`, `Write it like ${form}.`);
}

/** A path that stays within its folders, because it becomes part of the cache. */
function isSafePath(path: string): boolean {
  const parts = path.split('/');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  return !/[\\:\0-\x1f]/.test(path) && parts.every((part) => part !== '' && part !== '.' && part !== '..');
}

function hubReference(text: string, rest: string): HubReference {
  const [, owner, repo, revision = MAIN, what] =
    /^([^/@:]+)\/([^/@:]+)(?:@([^:]+))?(?::(.+))?$/.exec(decoded(rest)) ?? [];
  if (owner === undefined || repo === undefined || !WORD.test(owner) || !WORD.test(repo)) throw wrong(text, HUB_FORM);
  if (!isSafePath(revision)) throw wrong(text, 'hf:OWNER/REPO@COMMIT');
  const base = { kind: 'hf', owner, repo, revision } as const;
  if (what === undefined || what.toLowerCase() === 'latest') return base;
  if (/\.gguf$/i.test(what)) {
    if (!isSafePath(what)) throw wrong(text, HUB_FORM);
    return { ...base, file: what };
  }
  if (!WORD.test(what)) throw wrong(text, HUB_FORM);
  return { ...base, tag: what };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A page or a file of the hub, as in a browser's address bar. */
function hubAddress(text: string, url: URL): HubReference {
  const [owner, repo, view, revision, ...file] = url.pathname.split('/').filter((part) => part !== '');
  if (repo === undefined) throw wrong(text, HUB_FORM);
  const at = revision === undefined || revision === MAIN ? '' : `@${revision}`;
  if (view === undefined || view === 'tree')
    return hubReference(text, `${owner}/${repo}${view === undefined ? '' : at}`);
  if (view !== 'blob' && view !== 'resolve' && view !== 'raw') throw wrong(text, HUB_FORM);
  return hubReference(text, `${owner}/${repo}${at}:${file.join('/')}`);
}

function ollamaReference(text: string, rest: string): OllamaReference {
  const [, origin = OLLAMA_REGISTRY, path = ''] = /^(https?:\/\/[^/]+)\/(.*)$/i.exec(rest) ?? ['', undefined, rest];
  const [, namespace = 'library', model, tag = 'latest'] = /^(?:([^/:]+)\/)?([^/:]+)(?::([^/:]+))?$/.exec(path) ?? [];
  const words = [namespace, model ?? '', tag];
  if (!URL.canParse(origin) || !words.every((word) => WORD.test(word))) {
    throw wrong(text, 'ollama:NAME, ollama:NAME:TAG or ollama:NAMESPACE/NAME:TAG');
  }
  return { kind: 'ollama', registry: new URL(origin).origin, namespace, model: model!, tag };
}

/** Whether a text is a name of this kind rather than a file or a short name. */
export function isReference(text: string): boolean {
  return /^(hf:|ollama:|https?:\/\/|hf\.co\/|huggingface\.co\/)/i.test(text);
}

/** Reads a name. Errors: UsageError. */
export function parseReference(text: string): ModelReference {
  const [, scheme = '', rest = ''] = /^(hf|ollama):(.*)$/is.exec(text) ?? [];
  if (scheme.toLowerCase() === 'hf') return hubReference(text, rest);
  if (scheme.toLowerCase() === 'ollama') return ollamaReference(text, rest);
  const [, bare] = /^(?:hf|huggingface)\.co\/(.+)$/i.exec(text) ?? [];
  // Without a scheme a colon precedes a tag, as in ollama.
  if (bare !== undefined && !/\/(blob|resolve|raw|tree)\//.test(bare)) return hubReference(text, bare);
  const address = bare === undefined ? text : `https://${text}`;
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) {
    throw wrong(text, `${HUB_FORM}, ollama:NAME:TAG, or a URL`);
  }
  const url = new URL(address);
  if (HUB_HOSTS.has(url.hostname)) return hubAddress(text, url);
  if (url.username !== '' || url.password !== '') {
    throw new UsageError('a URL with a user name and a password is not accepted', 'Give a token with --token.');
  }
  url.hash = '';
  return { kind: 'url', url };
}

/** The canonical form of a name, by which the model is found again. */
export function referenceText(reference: ModelReference): string {
  if (reference.kind === 'url') return reference.url.href;
  if (reference.kind === 'hf') {
    const { owner, repo, revision, file, tag } = reference;
    const what = file ?? tag?.toUpperCase();
    return `hf:${owner}/${repo}${revision === MAIN ? '' : `@${revision}`}${what === undefined ? '' : `:${what}`}`;
  }
  const { registry, namespace, model, tag } = reference;
  const host = registry === OLLAMA_REGISTRY ? '' : `${registry}/`;
  return `ollama:${host}${namespace === 'library' && host === '' ? '' : `${namespace}/`}${model}:${tag}`;
}
