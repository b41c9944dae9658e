import { Sequence } from './sequence';

/** The owner of a sequence, which keeps a record beside it. */
export abstract class Owner {
  /** The sequence is being removed: the owner has to remove its record, too. */
  abstract closing(sequence: Sequence): void;

  /** Whether a held sequence is still held. */
  abstract holds(sequence: Sequence): bool;
}
