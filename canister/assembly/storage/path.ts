/**
 * Paths of files and directories. A path is relative to the root, and its parts are separated by `/`; empty parts and
 * `.` are ignored. A path that leads out of the root is refused, so no path can leave a caller's own folder.
 */
import { Problem } from '../problem';
import { MAX_NAME } from './names';

/** The longest path, in bytes of UTF-8. */
export const MAX_PATH: i32 = 4096;
/** The most directories inside one another. */
const MAX_DEPTH: i32 = 32;

/** A path's parts, as UTF-8; `problem` says why it is invalid. */
@final
export class Path {
  readonly parts: Array<ArrayBuffer> = [];
  problem: Problem | null = null;

  constructor(readonly text: string) {
    this.problem = this.parse(text);
  }

  private parse(text: string): Problem | null {
    // A character has at least one byte. This check comes before any work on the text.
    if (text.length > MAX_PATH || String.UTF8.byteLength(text) > MAX_PATH) {
      return new Problem(`a path has at most ${MAX_PATH} bytes`);
    }
    if (text.includes('\0')) return new Problem('a path cannot have a NUL in it');
    if (text.startsWith('/')) return new Problem(`a path is relative, without a / at its start: ${text}`);
    const parts = text.split('/');
    for (let i = 0; i < parts.length; ++i) {
      const part = parts[i];
      if (part.length == 0 || part == '.') continue;
      if (part == '..') return new Problem(`a path cannot have .. in it: ${text}`);
      const name = String.UTF8.encode(part);
      if (<u32>name.byteLength > MAX_NAME) return new Problem(`a name has at most ${MAX_NAME} bytes: ${part}`);
      this.parts.push(name);
    }
    if (this.parts.length > MAX_DEPTH) return new Problem(`a path has at most ${MAX_DEPTH} names: ${text}`);
    return null;
  }

  get isRoot(): bool {
    return this.parts.length == 0;
  }
}
