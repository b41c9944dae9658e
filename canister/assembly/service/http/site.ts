/**
 * What there is to see over HTTP, and its certification: the page and the answers to what there is not are fixed and
 * certified as they are; the status and the metrics change by the minute, and it is certified that they are not. All of
 * it is under one root:
 *
 *     http_expr / "" / <$> / hash of "all headers count" / "" / hash of each response that / may have
 *               / metrics / <$> / hash of "not certified"
 *               / status / <$> / hash of "not certified"
 *               / <*> / hash of "all headers count" / "" / hash of each response that any other path may have
 */
import { certificate, certify } from '../../ic/certified';
import { sha256 } from '../../storage/sha256';
import { base64, utf8 } from './bytes';
import { Branch, HashTree, cborTexts } from './hash-tree';
import { page } from './page';
import { Header, Response } from './response';

const CERTIFIED: string =
  'default_certification(ValidationArgs{certification:Certification{no_request_certification:Empty{},' +
  'response_certification:ResponseCertification{response_header_exclusions:ResponseHeaderList{headers:[]}}}})';
const NOT_CERTIFIED: string = 'default_certification(ValidationArgs{no_certification:Empty{}})';

export const HOME: string = '';
export const STATUS: string = 'status';
export const METRICS: string = 'metrics';

function plain(type: string): Header[] {
  return [
    new Header('content-type', type),
    new Header('x-content-type-options', 'nosniff'),
    new Header('referrer-policy', 'no-referrer'),
    new Header('cache-control', 'no-cache'),
  ];
}

function expression(text: string): Header {
  return new Header('ic-certificateexpression', text);
}

function hashOf(text: string): ArrayBuffer {
  const bytes = utf8(text);
  return sha256(changetype<usize>(bytes), bytes.byteLength);
}

/** A certified path: its possible responses, and its part of the tree. */
@final
class Fixed {
  readonly get: Response;
  readonly refusal: Response;

  constructor(get: Response) {
    this.get = get.with([expression(CERTIFIED)]);
    const headers = plain('text/plain; charset=utf-8').concat([new Header('allow', 'GET, HEAD')]);
    this.refusal = new Response(405, headers, utf8('Only GET and HEAD are answered here.\n')).with([
      expression(CERTIFIED),
    ]);
  }

  tree(): HashTree {
    const all = [this.get, this.get.bare, this.refusal];
    const branches: Branch[] = [];
    for (let i = 0; i < all.length; ++i) branches.push(new Branch(all[i].hash, HashTree.leaf()));
    const requests = HashTree.labeled(new ArrayBuffer(0), HashTree.of(branches));
    return HashTree.labeled(hashOf(CERTIFIED), requests);
  }

  answer(method: string): Response {
    return method == 'GET' ? this.get : method == 'HEAD' ? this.get.bare : this.refusal;
  }
}

function exactly(segment: string, tree: HashTree): Branch {
  return new Branch(utf8(segment), HashTree.labeled(utf8('<$>'), tree));
}

/** All fixed responses; every program builds them once. */
@final
class Site {
  constructor(
    readonly home: Fixed,
    readonly missing: Fixed,
    readonly tree: HashTree,
  ) {}

  static make(): Site {
    const shown = page();
    const home = new Fixed(
      new Response(200, plain('text/html; charset=utf-8').concat(shown.headers), utf8(shown.html)),
    );
    const nothing = utf8('There is no such page. There are /, /status and /metrics.\n');
    const missing = new Fixed(new Response(404, plain('text/plain; charset=utf-8'), nothing));
    const open = HashTree.labeled(hashOf(NOT_CERTIFIED), HashTree.leaf());
    const branches = [
      exactly(HOME, home.tree()),
      exactly(STATUS, open),
      exactly(METRICS, open),
      new Branch(utf8('<*>'), missing.tree()),
    ];
    return new Site(home, missing, HashTree.labeled(utf8('http_expr'), HashTree.of(branches)));
  }
}

let site: Site | null = null;

/** Every program calls this before anything else: it certifies the pages. */
export function certifySite(): void {
  const made = Site.make();
  site = made;
  certify(made.tree.hash);
}

/** A response with its certificate, if the message has one: a query answered by one replica. */
function certified(response: Response, path: string[]): Response {
  const signed = certificate();
  const made = site;
  if (signed === null || made === null) return response;
  const parts =
    `certificate=:${base64(signed)}:, tree=:${base64(made.tree.encode())}:, ` +
    `expr_path=:${base64(cborTexts(path))}:, version=2`;
  return response.with([new Header('ic-certificate', parts)]);
}

export function homePage(method: string): Response {
  return certified(site!.home.answer(method), ['http_expr', HOME, '<$>']);
}

export function missingPage(method: string): Response {
  return certified(site!.missing.answer(method), ['http_expr', '<*>']);
}

/** A page that is not certified. */
export function changingPage(path: string, method: string, type: string, body: string): Response {
  let response = new Response(200, plain(type), utf8(body));
  if (method == 'HEAD') {
    response = response.bare;
  } else if (method != 'GET') {
    const headers = plain('text/plain; charset=utf-8').concat([new Header('allow', 'GET, HEAD')]);
    response = new Response(405, headers, utf8('Only GET and HEAD are answered here.\n'));
  }
  return certified(response.with([expression(NOT_CERTIFIED)]), ['http_expr', path, '<$>']);
}
