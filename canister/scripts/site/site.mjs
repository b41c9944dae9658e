// Everything that the canister answers over HTTP, put together when it is built: the files of the chat page, /status and
// /metrics, which are filled in later, and what is said where there is nothing. All of it is under one root:
//
//     http_expr / "" / <$> / hash of "all headers count" / "" / hash of each answer that / may have
//               / assets / NAME / <$> / ... and so on for every file
//               / metrics / <$> / hash of "not certified"
//               / status / <$> / hash of "not certified"
//               / <*> / hash of "all headers count" / "" / hash of each answer that any other path may have
import { filesOf, jsonFile, plain } from './files.mjs';
import { cborTexts, encode, Tree } from './hash-tree.mjs';
import { answer, bare, certifiedLabels, openLabels } from './response.mjs';

/** What is asked of a page: the order of its answers, as `Asked` of canister/assembly/service/http/archive.ts has it. */
export const asked = ['gzip', 'silent', 'noGzip', 'headGzip', 'headSilent', 'headNoGzip', 'other'];

const refusal = answer(405, [...plain, ['allow', 'GET, HEAD']], 'Only GET and HEAD are answered here.\n');

/** What the page asks for: that it is for the canister that it comes from (packages/web/README.md). */
const places = jsonFile('llama-canister.json', { version: 1, canisters: [] });

/** Answers by what is asked, where GET has one of three. */
function byMethod(gzip, silent, noGzip, other) {
  const gets = [gzip, silent, noGzip];
  return [...gets, ...gets.map(bare), other];
}

function answersOf({ headers, identity, gzip }) {
  const whole = identity && answer(200, gzip ? [...headers, ['vary', 'accept-encoding']] : headers, identity);
  const packed = gzip && answer(200, [...headers, ['vary', 'accept-encoding'], ['content-encoding', 'gzip']], gzip);
  const unacceptable = answer(406, plain, 'This file is kept with gzip only, which the request does not accept.\n');
  return byMethod(packed ?? whole, whole ?? packed, whole ?? unacceptable, refusal);
}

/** A page that changes: its body is put in when it is asked for. */
function changing(path, type) {
  const headers = [['content-type', type], ...plain.filter(([name]) => name !== 'content-type')];
  const shown = answer(200, headers, '', { isCertified: false });
  const refused = answer(405, refusal.headers.slice(0, -1), refusal.body, { isCertified: false });
  return {
    path,
    labels: [...path.split('/'), '<$>'],
    below: openLabels,
    answers: byMethod(shown, shown, shown, refused),
  };
}

function fixed(path, labels, answers) {
  const different = [...new Set(answers)];
  return { path, labels, below: certifiedLabels(different), answers };
}

/**
 * @typedef {{ status: number, headers: [string, string][], body: Buffer }} Answer
 * @typedef {{ path: string | null, proof: string, answers: Answer[] }} Page what is at a path; null for all paths where
 *   there is nothing. The proof is the end of the header `IC-Certificate`.
 * @typedef {{ root: Buffer, pages: Page[] }} Site the page without a path is the last one
 */

/**
 * @param {string} folder the files of the chat page
 * @param {Record<string, string>} pageHeaders what pages are sent with besides
 * @returns {Site}
 */
export function makeSite(folder, pageHeaders) {
  const nothing = answer(404, plain, 'There is no such page. There are /, /status and /metrics.\n');
  const pages = [
    ...[...filesOf(folder, pageHeaders), places].map((file) =>
      fixed(file.path, [...file.path.split('/'), '<$>'], answersOf(file)),
    ),
    changing('status', 'application/json'),
    changing('metrics', 'text/plain; version=0.0.4; charset=utf-8'),
    fixed(null, ['<*>'], byMethod(nothing, nothing, nothing, refusal)),
  ];
  const tree = new Tree();
  const inTree = ({ labels }) => ['http_expr', ...labels];
  for (const page of pages) for (const labels of page.below) tree.add([...inTree(page), ...labels]);
  const proofOf = (page) => {
    const own = inTree(page);
    // That there is nothing is proven by all that there is.
    const isShown = (path) =>
      own.every((label, i) => i >= path.length || path[i].equals(Buffer.from(label))) ||
      (page.path === null && isInNames(path));
    const witness = encode(tree.witness(isShown)).toString('base64');
    return `tree=:${witness}:, expr_path=:${cborTexts(own).toString('base64')}:, version=2`;
  };
  return {
    root: tree.hash,
    pages: pages.map((page) => ({ path: page.path, proof: proofOf(page), answers: page.answers })),
  };
}

/** Whether a path of the tree ends where pages are named, and not below. */
function isInNames(path) {
  const end = path.findIndex((label) => ['<$>', '<*>'].includes(label.toString('latin1')));
  return end < 0 || end === path.length - 1;
}
