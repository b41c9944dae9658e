import { Sequence } from './sequence';

/** Somebody who keeps something of a sequence's beside it. */
export abstract class Owner {
  /** The sequence is going: what is beside it has to go, too. */
  abstract closing(sequence: Sequence): void;

  /** Whether a sequence that is held is to stay so. */
  abstract holds(sequence: Sequence): bool;
}
