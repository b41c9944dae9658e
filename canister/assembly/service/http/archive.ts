/** The site as the build has put it together: canister/scripts/site/archive.mjs says how it is laid out. */
import { HttpHeader } from '../../ic/candid/service.generated';
import { Blob, Text } from '../../ic/candid/values';

/** Bytes that there is room for. */
export const SITE_MOST: i32 = 192 << 10;
/** Where the site is; canister/scripts/site/embed.mjs puts it there. */
export const SITE: usize = memory.data(SITE_MOST, 8);

const ROOT_BYTES: i32 = 32;
const PAGE_BYTES: usize = 44;
const HEADER_BYTES: usize = 16;

/** What may be asked of a page, in the order of its answers. */
export enum Asked {
  Gzip,
  Silent,
  NoGzip,
  HeadGzip,
  HeadSilent,
  HeadNoGzip,
  Other,
}

function textAt(at: usize): Text {
  return new Text(SITE + load<u32>(at), load<u32>(at, 4));
}

function isSame(one: Text, other: Text): bool {
  return one.size == other.size && memory.compare(one.ptr, other.ptr, one.size) == 0;
}

/** The root of the tree by which all of it is certified. */
export function rootHash(): ArrayBuffer {
  const hash = new ArrayBuffer(ROOT_BYTES);
  memory.copy(changetype<usize>(hash), SITE, ROOT_BYTES);
  return hash;
}


@final
export class Answer {
  constructor(private readonly at: usize) {}

  get status(): u16 {
    return load<u16>(this.at);
  }

  get headers(): HttpHeader[] {
    let at = SITE + load<u32>(this.at, 4);
    const headers: HttpHeader[] = [];
    for (let left = load<u32>(this.at, 8); left > 0; --left) {
      const header = new HttpHeader();
      header._0_ = textAt(at);
      header._1_ = textAt(at + 8);
      headers.push(header);
      at += HEADER_BYTES;
    }
    return headers;
  }

  get body(): Blob {
    const text = textAt(this.at + 12);
    return new Blob(text.ptr, text.size);
  }
}


@final
export class Page {
  private constructor(private readonly at: usize) {}

  /** The page at a path; the one for where there is none, if there is none or the path is null. */
  static at(path: string | null): Page {
    const count = load<u32>(SITE + ROOT_BYTES);
    const first = SITE + ROOT_BYTES + 4;
    const last = new Page(first + PAGE_BYTES * (count - 1));
    if (path === null) return last;
    const wanted = Text.of(path);
    for (let at = first; at < last.at; at += PAGE_BYTES) {
      if (isSame(textAt(at), wanted)) return new Page(at);
    }
    return last;
  }

  /** The end of the header `IC-Certificate`: where the page is in the tree. */
  get proof(): string {
    return textAt(this.at + 8).toString();
  }

  answer(asked: Asked): Answer {
    return new Answer(SITE + load<u32>(this.at + 16 + 4 * <usize>asked));
  }
}
