import { instructions } from '../../ic/performance';
import { Allowance } from '../../llm/cache/kept-blocks';
import { DROP_COMPANION, MOVED_PER_BYTE } from '../../prices';

/** A message's remaining allowance for writing or reading blocks: instructions, and bytes of stable memory. */
@final
export class WarmAllowance extends Allowance {
  constructor(
    /** Nothing more is begun that would take the message beyond this number of instructions. */
    private readonly end: u64,
    private bytes: u64,
  ) {
    super();
  }

  mayMove(bytes: usize): bool {
    if (this.bytes < <u64>bytes || !this.mayTake(<u64>bytes * MOVED_PER_BYTE)) return false;
    this.bytes -= <u64>bytes;
    return true;
  }

  /** Whether another companion may be dropped. */
  mayDrop(): bool {
    return this.mayTake(DROP_COMPANION);
  }

  private mayTake(cost: u64): bool {
    return instructions() + cost <= this.end;
  }
}
