// A server that behaves like the hub and like a registry: lists and manifests on one host, which leads to the files on another.
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Seen {
  host: 'hub' | 'files';
  path: string;
  authorization: string | undefined;
  range: string | undefined;
}

/** What a request is answered with instead of what it asks for. */
export type Trouble = (request: IncomingMessage, response: ServerResponse, bytes: Buffer) => boolean;

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

function listen(handler: (request: IncomingMessage, response: ServerResponse) => void): Promise<Server> {
  const server = createServer(handler);
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

type End = (status: number, headers?: Record<string, string>, body?: string) => unknown;

export class FakeHub {
  /** Files of repositories, by OWNER/REPO/PATH. */
  readonly files = new Map<string, Buffer>();
  /** What the hub says of a file, where that is not what the file is. */
  readonly said = new Map<string, { size?: number; oid?: string }>();
  readonly seen: Seen[] = [];
  /** What happens to requests for a file's bytes, one after the other; undefined: nothing. */
  troubles: (Trouble | undefined)[] = [];
  /** Repositories that want this token. */
  gated: { repo: string; token: string } | undefined;
  /** What the hub answers to everything: status and headers. */
  refuses: { status: number; headers?: Record<string, string> } | undefined;
  pageSize = 2;
  #hub!: Server;
  #files!: Server;

  async start(): Promise<this> {
    this.#hub = await listen((request, response) => this.#answer(request, response));
    this.#files = await listen((request, response) => this.#serve(request, response));
    return this;
  }

  get url(): string {
    return urlOf(this.#hub);
  }

  get filesUrl(): string {
    return urlOf(this.#files);
  }

  stop(): void {
    for (const server of [this.#hub, this.#files]) {
      server.closeAllConnections();
      server.close();
    }
  }

  /** Forgets what was asked and what was to go wrong. */
  calm(): void {
    this.seen.length = 0;
    this.troubles = [];
    this.gated = this.refuses = undefined;
    this.said.clear();
  }

  #note(host: Seen['host'], { url = '', headers }: IncomingMessage): void {
    this.seen.push({ host, path: url, authorization: headers.authorization, range: headers.range });
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    this.#note('hub', request);
    const url = new URL(request.url ?? '', this.url);
    const end = (status: number, headers: Record<string, string> = {}, body = '') =>
      response.writeHead(status, headers).end(body);
    if (this.refuses) return void end(this.refuses.status, this.refuses.headers);
    const [, repo = ''] = /^\/(?:api\/models\/)?([^/]+\/[^/]+)\//.exec(url.pathname) ?? [];
    if (this.gated?.repo === repo && request.headers.authorization !== `Bearer ${this.gated.token}`) {
      return void end(request.headers.authorization ? 403 : 401, {
        'x-error-code': 'GatedRepo',
        'x-error-message': 'Access is restricted',
      });
    }
    if (url.pathname.startsWith('/v2/')) return void this.#registry(url, end);
    if (url.pathname.startsWith('/api/models/')) return void this.#tree(repo, url, end);
    const [, path = ''] = /\/resolve\/main\/(.*)$/.exec(url.pathname) ?? [];
    const key = `${repo}/${decodeURIComponent(path)}`;
    const bytes = this.files.get(key);
    if (!bytes) return void end(404, { 'x-error-code': 'EntryNotFound' });
    const headers = {
      location: `${this.filesUrl}/${key}?signature=1`,
      'x-linked-etag': `"${sha256(bytes)}"`,
      'x-linked-size': String(bytes.length),
    };
    end(302, headers);
  }

  #tree(repo: string, url: URL, end: End): void {
    const all = [...this.files].filter(([key]) => key.startsWith(`${repo}/`));
    if (all.length === 0) return void end(401, { 'x-error-code': 'RepoNotFound' });
    const from = Number(url.searchParams.get('cursor') ?? 0);
    const page = all.slice(from, from + this.pageSize).map(([key, bytes]) => {
      const { size = bytes.length, oid = sha256(bytes) } = this.said.get(key) ?? {};
      const lfs = oid === '' ? {} : { lfs: { oid, size, pointerSize: 134 }, xetHash: oid };
      return { type: 'file', oid: 'git', size, path: key.slice(repo.length + 1), ...lfs };
    });
    const next = from + this.pageSize;
    url.searchParams.set('cursor', String(next));
    const link: Record<string, string> = next < all.length ? { link: `<${url.href}>; rel="next"` } : {};
    end(
      200,
      { 'content-type': 'application/json', ...link },
      JSON.stringify([{ type: 'directory', oid: 'd', size: 0, path: 'x' }, ...page]),
    );
  }

  #registry(url: URL, end: End): void {
    const [, name = '', kind, what = ''] = /^\/v2\/(.+)\/(manifests|blobs)\/(.+)$/.exec(url.pathname) ?? [];
    if (kind === 'blobs') {
      const found = [...this.files].find(([, bytes]) => `sha256:${sha256(bytes)}` === what);
      return void (found ? end(307, { location: `${this.filesUrl}/${found[0]}` }) : end(404));
    }
    const bytes = this.files.get(`${name}:${what}`);
    if (!bytes) return void end(404, {}, '{"errors":[{"code":"MANIFEST_UNKNOWN"}]}');
    const layer = (mediaType: string, of: Buffer) => ({ mediaType, digest: `sha256:${sha256(of)}`, size: of.length });
    const weights = name.endsWith('tensors')
      ? 'application/vnd.ollama.image.tensor'
      : 'application/vnd.ollama.image.model';
    const layers = [
      layer(weights, bytes),
      layer('application/vnd.ollama.image.template', Buffer.from('{{ .Prompt }}')),
    ];
    end(
      200,
      { 'content-type': 'application/json' },
      JSON.stringify({ schemaVersion: 2, config: layer('x', bytes), layers }),
    );
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    this.#note('files', request);
    const bytes = this.files.get(decodeURIComponent(new URL(request.url ?? '', this.url).pathname.slice(1)));
    if (!bytes) return void response.writeHead(404).end();
    if (this.troubles.shift()?.(request, response, bytes)) return;
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const etag = `"${sha256(bytes)}"`;
    const isOther = request.headers['if-range'] !== undefined && request.headers['if-range'] !== etag;
    if (request.headers.range === undefined || isOther) {
      return void response.writeHead(200, { 'content-length': bytes.length, etag }).end(bytes);
    }
    if (from >= bytes.length) return void response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
    const range = `bytes ${from}-${bytes.length - 1}/${bytes.length}`;
    response.writeHead(206, { 'content-range': range, 'content-length': bytes.length - from, etag });
    response.end(bytes.subarray(from));
  }
}

/** Sends so many bytes of what is asked for, then breaks the connection. */
export const cutAfter =
  (count: number): Trouble =>
  (request, response, bytes) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const status = from > 0 ? 206 : 200;
    const range = from > 0 ? { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` } : {};
    response.writeHead(status, { 'content-length': bytes.length - from, etag: `"${sha256(bytes)}"`, ...range });
    response.write(bytes.subarray(from, from + count), () => response.destroy());
    return true;
  };

/** Answers with this status. */
export const status =
  (code: number, headers: Record<string, string> = {}, body = ''): Trouble =>
  (_, response) => {
    response.writeHead(code, headers).end(body);
    return true;
  };

/** Answers with these bytes in place of the file's, of the same length. */
export const instead =
  (change: (bytes: Buffer) => Buffer): Trouble =>
  (_, response, bytes) => {
    response.writeHead(200, { 'content-length': bytes.length }).end(change(bytes));
    return true;
  };
