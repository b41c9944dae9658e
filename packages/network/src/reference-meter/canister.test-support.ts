/** A canister on the second meter: the system calls that the metered modules make, and messages as transactions. */
import { Machine, prices, type SystemCall } from './machine.test-support.js';
import { Trap } from './stack.test-support.js';

const pagePrice = 16 * 5000;
const pageBytes = 65536;

export interface ReferenceMessage {
  kind: 'update' | 'query' | 'replicatedQuery' | 'timer' | 'init';
  method?: string;
  arg?: Uint8Array;
  caller?: Uint8Array;
  /** Nanoseconds. */
  time?: bigint;
  /** The canister's cycles, which only its program asks for. */
  balance?: bigint;
}

export interface ReferenceOutput {
  instructions: number;
  /** The reply, or undefined: a rejection, a trap, or no answer. */
  reply: Uint8Array | undefined;
  trap: string | undefined;
}

export class ReferenceCanister {
  readonly machine: Machine;
  readonly controllers: Uint8Array[];
  stablePages = 0;
  stable = new Map<number, Uint8Array>();
  timer = 0n;
  private message: ReferenceMessage = { kind: 'init' };
  private reply: Uint8Array[] = [];
  private replied = false;
  private stableAccessed = new Set<number>();
  private stableWritten = new Set<number>();

  constructor(wasm: Uint8Array, controllers: Uint8Array[]) {
    this.controllers = controllers;
    this.machine = new Machine(wasm, this.systemCalls());
  }

  /** Executes a message; failures and queries leave no trace. */
  execute(message: ReferenceMessage): ReferenceOutput {
    const { machine } = this;
    const names = {
      init: 'canister_init',
      timer: 'canister_global_timer',
      update: `canister_update ${message.method}`,
      query: `canister_query ${message.method}`,
      replicatedQuery: `canister_query ${message.method}`,
    };
    const kept = message.kind !== 'query' && message.kind !== 'replicatedQuery';
    const before = [machine.memory.slice(), machine.pages, machine.globals.slice()] as const;
    const stableBefore = [this.stablePages, this.timer, new Map(this.stable)] as const;
    this.message = message;
    this.reply = [];
    this.replied = false;
    if (message.kind === 'timer') this.timer = 0n;
    machine.chargesWrites = kept;
    const { start, exports } = machine.binary;
    const stages = [message.kind === 'init' ? start : undefined, exports.get(names[message.kind])];
    let instructions = 0;
    let trap: string | undefined;
    try {
      for (const index of stages) {
        machine.begin();
        this.stableAccessed.clear();
        this.stableWritten.clear();
        if (index !== undefined) machine.invoke(index);
        instructions += machine.used;
      }
    } catch (error) {
      if (!(error instanceof Trap)) throw error;
      trap = error.message;
      instructions += machine.used;
    }
    if (!kept || trap !== undefined) {
      [machine.memory, machine.pages, machine.globals] = before;
      machine.view = new DataView(machine.memory.buffer);
      [this.stablePages, this.timer, this.stable] = stableBefore;
    }
    const reply = this.replied && trap === undefined ? new Uint8Array(Buffer.concat(this.reply)) : undefined;
    return { instructions, reply, trap };
  }

  private charge(name: string, bytes = 0): void {
    this.machine.used += (prices.ic0_overhead[name] ?? prices.ic0_overhead.default!) + bytes;
  }

  private touchStable(offset: number, length: number, write: boolean): void {
    if (offset + length > this.stablePages * pageBytes) throw new Trap('stable memory out of bounds');
    for (let page = Math.floor(offset / pageBytes); page * pageBytes < offset + length && length > 0; page++) {
      if (!this.stableAccessed.has(page)) this.machine.used += pagePrice;
      this.stableAccessed.add(page);
      if (!write || this.stableWritten.has(page)) continue;
      if (this.machine.chargesWrites) this.machine.used += pagePrice;
      this.stableWritten.add(page);
      // A copy: the page may have to be restored.
      this.stable.set(page, this.stable.get(page)?.slice() ?? new Uint8Array(pageBytes));
    }
  }

  /** Copies between heap and stable memory, page by page. */
  private transfer(heap: number, offset: number, length: number, write: boolean): void {
    this.touchStable(offset, length, write);
    this.machine.touch(heap, length, !write);
    for (let done = 0; done < length; ) {
      const inPage = (offset + done) % pageBytes;
      const count = Math.min(pageBytes - inPage, length - done);
      const page = this.stable.get(Math.floor((offset + done) / pageBytes)) ?? new Uint8Array(pageBytes);
      const here = this.machine.memory.subarray(heap + done, heap + done + count);
      if (write) page.set(here, inPage);
      else here.set(page.subarray(inPage, inPage + count));
      done += count;
    }
  }

  private systemCalls(): Record<string, SystemCall> {
    const blob = (name: string, of: () => Uint8Array): Record<string, SystemCall> => ({
      [`${name}_size`]: (m) => {
        this.charge(`${name}_size`);
        m.pushI32(of().length);
      },
      [`${name}_copy`]: (m) => {
        const [size, offset, to] = [m.popU32(), m.popU32(), m.popU32()];
        this.charge(`${name}_copy`, size);
        if (offset + size > of().length) throw new Trap(`${name}_copy`);
        m.touch(to, size, true);
        m.memory.set(of().subarray(offset, offset + size), to);
      },
    });
    /** A call that is given bytes of the heap. */
    const given =
      (name: string, then: (bytes: Uint8Array, m: Machine) => void): SystemCall =>
      (m) => {
        const [size, from] = [m.popU32(), m.popU32()];
        this.charge(name, size);
        m.touch(from, size, false);
        then(m.memory.slice(from, from + size), m);
      };
    const stable = (name: string, wide: boolean, write: boolean): SystemCall => {
      return (m) => {
        const pop = () => (wide ? Number(m.popU64()) : m.popU32());
        const [size, second, first] = [pop(), pop(), pop()];
        this.charge(name, size);
        if (size === 0) return;
        if (write) this.transfer(second, first, size, true);
        else this.transfer(first, second, size, false);
      };
    };
    const grow = (pages: number) => {
      this.stablePages += pages;
      return this.stablePages - pages;
    };
    return {
      ...blob('msg_arg_data', () => this.message.arg ?? new Uint8Array()),
      ...blob('msg_caller', () => this.message.caller ?? new Uint8Array()),
      msg_reply: () => {
        this.charge('msg_reply');
        this.replied = true;
      },
      msg_reply_data_append: given('msg_reply_data_append', (bytes) => this.reply.push(bytes)),
      msg_reject: given('msg_reject', () => {}),
      debug_print: given('debug_print', () => {}),
      trap: given('trap', (bytes) => {
        throw new Trap(Buffer.from(bytes).toString());
      }),
      is_controller: given('is_controller', (bytes, m) => {
        m.pushI32(this.controllers.some((each) => Buffer.compare(each, bytes) === 0) ? 1 : 0);
      }),
      certified_data_set: given('certified_data_set', () => {}),
      time: (m) => {
        this.charge('time');
        m.pushI64(this.message.time ?? 0n);
      },
      in_replicated_execution: (m) => {
        this.charge('in_replicated_execution');
        m.pushI32(this.message.kind === 'query' ? 0 : 1);
      },
      canister_cycle_balance128: (m) => {
        const to = m.popU32();
        this.charge('canister_cycle_balance128');
        m.touch(to, 16, true);
        m.view.setBigUint64(to, BigInt.asUintN(64, this.message.balance ?? 0n), true);
        m.view.setBigUint64(to + 8, (this.message.balance ?? 0n) >> 64n, true);
      },
      performance_counter: (m) => {
        m.sp--;
        this.charge('performance_counter');
        m.pushI64(BigInt(m.used));
      },
      global_timer_set: (m) => {
        this.charge('global_timer_set');
        const time = m.popU64();
        m.pushI64(this.timer);
        this.timer = time;
      },
      stable_read: stable('stable_read', false, false),
      stable_write: stable('stable_write', false, true),
      stable64_read: stable('stable64_read', true, false),
      stable64_write: stable('stable64_write', true, true),
      stable_size: (m) => {
        this.charge('stable_size');
        m.pushI32(this.stablePages);
      },
      stable64_size: (m) => {
        this.charge('stable64_size');
        m.pushI64(BigInt(this.stablePages));
      },
      stable_grow: (m) => {
        this.charge('stable_grow');
        m.pushI32(grow(m.popU32()));
      },
      stable64_grow: (m) => {
        this.charge('stable64_grow');
        m.pushI64(BigInt(grow(Number(m.popU64()))));
      },
    };
  }
}
