/** Candid's values in AssemblyScript, where the language has no type of its own for them. */
import { Span } from '../../memory/span';

/** Bytes that are read only when they are written to a reply: for texts that are too large to be held in memory. */
export abstract class Source {
  /** Copies `size` bytes from `offset` on. */
  abstract read(offset: u32, dst: usize, size: u32): void;
}

/**
 * Text as UTF-8: a view of bytes elsewhere (the argument's buffer, the engine's output) or of a string's bytes. A view
 * of the argument is valid until the message ends.
 */
@final
export class Text extends Span {
  constructor(
    ptr: usize,
    size: u32,
    /** What keeps the bytes alive when they are managed. */
    private readonly owner: ArrayBuffer | null = null,
    /** Where the bytes come from if they are not in memory: then `ptr` is 0, and only a reply can contain them. */
    readonly source: Source | null = null,
  ) {
    super(ptr, size);
  }

  /** A text of `size` bytes that are read from a source. */
  static from(source: Source, size: u32): Text {
    return new Text(0, size, null, source);
  }

  /** Lone surrogates, which UTF-8 has no bytes for, become U+FFFD. */
  static of(text: string): Text {
    const utf8 = String.UTF8.encode(text, false, String.UTF8.ErrorMode.REPLACE);
    return new Text(changetype<usize>(utf8), utf8.byteLength, utf8);
  }

  /** A copy as a string: two bytes a character in the managed heap, so only for text whose size was checked. */
  toString(): string {
    return String.UTF8.decodeUnsafe(this.ptr, this.size);
  }
}

/** Bytes elsewhere in memory; a blob of the argument is valid until the message ends. */
@final
export class Blob {
  constructor(
    readonly ptr: usize,
    readonly size: u32,
    /** Where the bytes come from if they are not in memory: then `ptr` is 0, and only a reply can contain them. */
    readonly source: Source | null = null,
  ) {}

  /** A blob of `size` bytes that are read from a source. */
  static from(source: Source, size: u32): Blob {
    return new Blob(0, size, source);
  }
}

/** `opt T` of a value that cannot be null itself (`opt nat64`, `opt opt text`) is `Some<T> | null`. */
@final
export class Some<T> {
  constructor(readonly value: T) {}
}
