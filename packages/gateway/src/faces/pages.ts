// Lists in pages, in the way of OpenAI and Anthropic.
import { invalid } from '../refusal.js';
import type { Request } from './desk.js';

interface PageOptions {
  /** The default length of a page. */
  limit: number;
  most: number;
  /** The names of the query parameters with the ids at which a page begins or ends. */
  after: string;
  before?: string;
}

/** The part of a list that a request asks for. */
export function pageOf<T extends { id: string }>(
  request: Request,
  all: readonly T[],
  { limit, most, after, before }: PageOptions,
): { page: T[]; hasMore: boolean } {
  const text = request.req.query('limit');
  if (text !== undefined && !(/^\d{1,9}$/.test(text) && Number(text) >= 1 && Number(text) <= most)) {
    throw invalid('limit', `expected a whole number of 1 to ${most}`);
  }
  const length = text === undefined ? limit : Number(text);
  const placeOf = (name: string | undefined): number | undefined => {
    const id = name === undefined ? undefined : request.req.query(name);
    if (id === undefined) return undefined;
    const place = all.findIndex((each) => each.id === id);
    if (place < 0) throw invalid(name!, `there is no "${id.slice(0, 100)}" in the list`);
    return place;
  };
  const end = placeOf(before);
  if (end !== undefined) return { page: all.slice(Math.max(0, end - length), end), hasMore: end > length };
  const start = (placeOf(after) ?? -1) + 1;
  return { page: all.slice(start, start + length), hasMore: start + length < all.length };
}
