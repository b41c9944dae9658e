import { File } from '../../storage/file';

/** Which file a session was read from or saved to last, and how it was then; a part of its record, too. */
@unmanaged
export class Saved {
  /** Of the file; 0 = none yet (that is the root directory's). */
  index: u32;
  generation: u32;
  changes: u32;
  /** Bytes before the history. */
  headerSize: u32;
  /** Tokens of the history that the file has already, where the layout of today has them. */
  tokens: i32;

  note(file: File): void {
    this.index = file.index;
    this.generation = file.generation;
    this.changes = file.changes;
  }

  /** Whether it is still the same file, with the same content. */
  is(file: File): bool {
    return file.index == this.index && file.generation == this.generation && file.changes == this.changes;
  }
}
