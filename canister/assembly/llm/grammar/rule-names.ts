import { TextTable, textTableBytes } from '../tokenizer/text-table';
import { allocate, release } from '../../memory/heap';
import { Table } from '../../memory/table';

/** Bytes of a name that an error shows. */
const SHOWN: u32 = 64;

/**
 * Numbers of rules by name. Groups and repetitions have no names, so numbers are not dense.
 *
 *     texts [ length: u64 | name ] as text-table.ts has them, in one extent with the directory and the table
 */
@final
export class RuleNames {
  private extent: usize = 0;
  private next: usize = 0;
  private table: TextTable | null = null;
  /** Number of the rule of each name: [ u32 ] * names */
  private readonly rules: Table = new Table(4, u32.MAX_VALUE);

  /** Makes room for the names of a grammar of `bytes` bytes. False if memory is short. */
  open(bytes: u32): bool {
    // A name with its separator takes at least two bytes of the grammar, which bounds the memory here.
    const most = (bytes >> 1) + 1;
    const directory = (<usize>most) << 2;
    const slots = textTableBytes(most);
    this.extent = allocate(directory + slots + ((<usize>most) << 3) + bytes);
    if (this.extent == 0) return false;
    this.table = new TextTable(this.extent + directory, this.extent, most);
    this.next = this.extent + directory + slots;
    return true;
  }

  /** Number of the rule of a name, or -1. */
  find(name: usize, length: u32): i32 {
    const index = this.table!.find(name, length);
    return index < 0 ? -1 : load<i32>(this.rules.row(index));
  }

  /** Gives a new name its rule. False if memory is short or the names are chosen to collide. */
  add(name: usize, length: u32, rule: u32): bool {
    const index = this.rules.append(1);
    if (index < 0) return false;
    store<u32>(this.rules.row(index), rule);
    store<u64>(this.next, length);
    memory.copy(this.next + 8, name, length);
    store<u32>(this.extent + ((<usize>index) << 2), <u32>(this.next + 8));
    this.next += 8 + length;
    return this.table!.insert(index);
  }

  /** The name of a rule; empty if it has none. */
  nameOf(rule: u32): string {
    for (let i: u32 = 0; i < this.rules.count; ++i) {
      if (load<u32>(this.rules.row(i)) != rule) continue;
      const text: usize = load<u32>(this.extent + ((<usize>i) << 2));
      return String.UTF8.decodeUnsafe(text, min(SHOWN, load<u32>(text - 8)));
    }
    return '';
  }

  dispose(): void {
    release(this.extent);
    this.extent = 0;
    this.table = null;
    this.rules.dispose();
  }
}
