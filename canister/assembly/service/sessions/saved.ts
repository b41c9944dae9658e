import { File } from '../../storage/file';

/** The file that a session was read from or saved to last, and its state then. A part of the session's record. */
@unmanaged
export class Saved {
  /** The inode of the file; 0 = none yet (0 is the root directory). */
  index: u32;
  generation: u32;
  changes: u32;
  /** Bytes before the history. */
  headerSize: u32;
  /** Tokens of the history that are in the file already, in the present layout. */
  tokens: i32;
  /** Tokens of the history whose keys and values are kept beside the file. */
  warm: i32;

  note(file: File): void {
    this.index = file.index;
    this.generation = file.generation;
    this.changes = file.changes;
  }

  /** Whether the file is the same and unchanged. */
  is(file: File): bool {
    return file.index == this.index && file.generation == this.generation && file.changes == this.changes;
  }
}
