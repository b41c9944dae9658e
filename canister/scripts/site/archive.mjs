// The site as static data of the canister: words of 32 bits, little-endian, and behind them the bytes that they speak of.
// `canister/assembly/service/http/archive.ts` reads it.
//
//     root hash   8 words
//     pages       1 word, how many; the last one is for all paths where there is nothing
//     each page   11 words: path, proof, and where the answer is to each thing that may be asked (`asked` of site.mjs)
//     answers     of each 5 words: status, where its headers are, how many, body
//     headers     of each 4 words: name, value
//     bytes
//
// Bytes are said by two words: where they are, and how many. Where something is counts from the beginning of all, in
// bytes. What is the same is there once.

import { asked } from './site.mjs';

const WORD = 4;
const ROOT_WORDS = 8;
const PAGE_WORDS = 4 + asked.length;
const ANSWER_WORDS = 5;
const HEADER_WORDS = 4;

/** Pieces one behind the other, of which those that are the same are one. */
class Store {
  #places = new Map();
  #pieces = [];
  size = 0;

  /** @param {Buffer} piece @returns {number} where it is, in bytes from the first on */
  place(piece) {
    const key = piece.toString('base64');
    if (!this.#places.has(key)) {
      this.#places.set(key, this.size);
      this.#pieces.push(piece);
      this.size += piece.length;
    }
    return this.#places.get(key);
  }

  get content() {
    return Buffer.concat(this.#pieces);
  }
}

function words(...numbers) {
  const bytes = Buffer.alloc(WORD * numbers.length);
  for (const [i, number] of numbers.entries()) bytes.writeUInt32LE(number, WORD * i);
  return bytes;
}

/** @param {import('./site.mjs').Site} site */
export function archive({ root, pages }) {
  // Each kind of thing is behind those that speak of it, so that it is known where it begins once they are counted.
  const pagesAt = WORD * (ROOT_WORDS + 1);
  const answersAt = pagesAt + WORD * PAGE_WORDS * pages.length;
  const different = [...new Set(pages.flatMap((page) => page.answers))];
  const headersAt = answersAt + ANSWER_WORDS * WORD * different.length;
  const lists = [...new Map(different.map((each) => [JSON.stringify(each.headers), each.headers])).values()];
  const bytesAt = headersAt + HEADER_WORDS * WORD * lists.reduce((sum, list) => sum + list.length, 0);

  const bytes = new Store();
  const piece = (content) => {
    const all = Buffer.from(content);
    return [bytesAt + bytes.place(all), all.length];
  };
  const headersOf = new Map();
  let listAt = headersAt;
  const listBytes = lists.map((list) => {
    headersOf.set(JSON.stringify(list), listAt);
    const all = words(...list.flatMap(([name, value]) => [...piece(name), ...piece(value)]));
    listAt += all.length;
    return all;
  });
  const answerBytes = different.map(({ status, headers: list, body }) =>
    words(status, headersOf.get(JSON.stringify(list)), list.length, ...piece(body)),
  );
  const pageBytes = pages.map(({ path, proof, answers }) =>
    words(
      ...piece(path ?? ''),
      ...piece(proof),
      ...answers.map((each) => answersAt + ANSWER_WORDS * WORD * different.indexOf(each)),
    ),
  );
  return Buffer.concat([root, words(pages.length), ...pageBytes, ...answerBytes, ...listBytes, bytes.content]);
}
