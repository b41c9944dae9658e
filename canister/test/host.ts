import { Principal } from '@icp-sdk/core/principal';

/** How a message ended. */
export type Answer = { reply: Uint8Array } | { reject: string };

/** A call that a message has made, or has begun to prepare. */
export interface OutgoingCall {
  callee: Principal;
  method: string;
  argument: Uint8Array;
  cycles: bigint;
  /** The time after which the system answers, in seconds, if one was given. */
  timeout?: number;
  /** The callback: [index in the function table, environment]. */
  replied: [number, number];
  rejected: [number, number];
  undone?: [number, number];
}

const PAGE = 65536;
export const anonymous = Principal.anonymous();

/** A stable memory of any size, of which only pages that were written take memory here. */
export class StableMemory {
  readonly #pages = new Map<number, Uint8Array>();
  pages = 0;
  /** Growing beyond this many pages fails, as on a full subnet. */
  limit = 500 * 16384;

  grow(pages: number): number {
    const before = this.pages;
    if (before + pages > this.limit) return -1;
    this.pages += pages;
    return before;
  }

  #parts(offset: number, size: number, visit: (page: number, within: number, start: number, size: number) => void) {
    if (offset + size > this.pages * PAGE) throw new Error(`stable memory ends before ${offset} + ${size}`);
    for (let done = 0; done < size; ) {
      const within = (offset + done) % PAGE;
      const part = Math.min(PAGE - within, size - done);
      visit(Math.floor((offset + done) / PAGE), within, done, part);
      done += part;
    }
  }

  read(offset: number, size: number): Uint8Array {
    const bytes = new Uint8Array(size);
    this.#parts(offset, size, (page, within, start, part) => {
      const content = this.#pages.get(page);
      if (content) bytes.set(content.subarray(within, within + part), start);
    });
    return bytes;
  }

  write(offset: number, bytes: Uint8Array): void {
    this.#parts(offset, bytes.length, (page, within, start, part) => {
      const content = this.#pages.get(page) ?? new Uint8Array(PAGE);
      this.#pages.set(page, content);
      content.set(bytes.subarray(start, start + part), within);
    });
  }

  copy(): StableMemory {
    const copy = new StableMemory();
    copy.pages = this.pages;
    copy.limit = this.limit;
    for (const [page, content] of this.#pages) copy.#pages.set(page, content.slice());
    return copy;
  }
}

/**
 * The system API as far as the canister uses it, without metering, scheduling or rollback: enough to call exported
 * functions and look at their answers. A trap is thrown as an Error, and leaves memory as it was at the trap.
 */
export class Host {
  readonly stable: StableMemory;
  instance!: WebAssembly.Instance;
  time = 1_700_000_000_000_000_000n;
  controllers: Principal[] = [];
  timer = 0n;
  cycles = 0n;
  isReplicated = true;
  instructions = 0n;
  certified = new Uint8Array(0);
  /** Only queries have a data certificate. */
  certificate: Uint8Array | undefined;
  log: string[] = [];
  /** Calls that were made and have not ended. */
  calls: OutgoingCall[] = [];
  self = Principal.fromText('rwlgt-iiaaa-aaaaa-aaaaa-cai');
  /** The deadline of the message that is being executed; 0 if it has none. */
  deadline = 0n;
  isStopping = false;
  /** Whether calls fail to be made. */
  refusesCalls = false;
  #outgoing: OutgoingCall | undefined;
  #rejection = { code: 0, message: new Uint8Array(0) };
  #argument = new Uint8Array(0);
  #caller = anonymous.toUint8Array();
  #reply: Uint8Array[] = [];
  #answer: Answer | undefined;
  #method = new Uint8Array(0);
  #accepted = false;

  private constructor(stable: StableMemory) {
    this.stable = stable;
  }

  static async start(module: WebAssembly.Module, stable = new StableMemory()): Promise<Host> {
    const host = new Host(stable);
    host.instance = await WebAssembly.instantiate(module, { ic0: host.#imports() });
    return host;
  }

  get memory(): Uint8Array {
    return new Uint8Array((this.instance.exports.memory as WebAssembly.Memory).buffer);
  }

  /** Calls an exported function as a message; undefined if it did not answer (an init, a timer). */
  call(name: string, argument = new Uint8Array(0), caller = anonymous): Answer | undefined {
    this.#argument = argument;
    this.#caller = caller.toUint8Array();
    this.#reply = [];
    this.#answer = undefined;
    (this.instance.exports[name] as () => void)();
    return this.#answer;
  }

  /** Ends a call with a reply. Returns the answer of the message that continues. */
  reply(call: OutgoingCall, reply: Uint8Array): Answer | undefined {
    return this.#goOn(call.replied, reply);
  }

  /** Ends a call with a rejection. */
  reject(call: OutgoingCall, code: number, message: string): Answer | undefined {
    this.#rejection = { code, message: new TextEncoder().encode(message) };
    return this.#goOn(call.rejected, new Uint8Array(0));
  }

  /** Calls the cleanup callback, as the system does after a callback has trapped. */
  undo(call: OutgoingCall): void {
    this.#goOn(call.undone!, new Uint8Array(0));
  }

  #goOn([index, environment]: [number, number], argument: Uint8Array<ArrayBuffer> | Uint8Array): Answer | undefined {
    this.#argument = new Uint8Array(argument);
    this.#reply = [];
    this.#answer = undefined;
    (this.instance.exports.table as WebAssembly.Table).get(index)(environment);
    return this.#answer;
  }

  /** Whether a message from outside is let in as an update. */
  inspect(method: string, argument = new Uint8Array(0), caller = anonymous): boolean {
    this.#method = new TextEncoder().encode(method);
    this.#accepted = false;
    this.call('canister_inspect_message', argument, caller);
    return this.#accepted;
  }

  #imports(): Record<string, WebAssembly.ImportValue> {
    const bytes = (ptr: number, size: number) => {
      // Pointers over 2 GiB arrive as negative numbers.
      const start = ptr >>> 0;
      if (start + size > this.memory.length) throw new Error(`the system was given bytes outside the memory`);
      return this.memory.subarray(start, start + size);
    };
    const text = (ptr: number, size: number) => new TextDecoder().decode(bytes(ptr, size));
    const copy = (source: Uint8Array, dst: number, offset: number, size: number) => {
      if (offset + size > source.length) throw new Error('the system was asked for bytes that are not there');
      bytes(dst, size).set(source.subarray(offset, offset + size));
    };
    return {
      msg_arg_data_size: () => this.#argument.length,
      msg_arg_data_copy: (dst: number, offset: number, size: number) => copy(this.#argument, dst, offset, size),
      msg_caller_size: () => this.#caller.length,
      msg_caller_copy: (dst: number, offset: number, size: number) => copy(this.#caller, dst, offset, size),
      msg_method_name_size: () => this.#method.length,
      msg_method_name_copy: (dst: number, offset: number, size: number) => copy(this.#method, dst, offset, size),
      accept_message: () => {
        if (this.#accepted) throw new Error('accepted twice');
        this.#accepted = true;
      },
      msg_reply_data_append: (src: number, size: number) => void this.#reply.push(bytes(src, size).slice()),
      msg_reply: () => {
        if (this.#answer) throw new Error('answered twice');
        this.#answer = { reply: new Uint8Array(Buffer.concat(this.#reply)) };
      },
      msg_reject: (src: number, size: number) => {
        if (this.#answer) throw new Error('answered twice');
        this.#answer = { reject: text(src, size) };
      },
      is_controller: (src: number, size: number) => {
        const who = Buffer.from(bytes(src, size));
        return this.controllers.some((controller) => who.equals(controller.toUint8Array())) ? 1 : 0;
      },
      in_replicated_execution: () => (this.isReplicated ? 1 : 0),
      canister_cycle_balance128: (dst: number) => {
        const low = BigInt.asUintN(64, this.cycles);
        bytes(dst, 16).set(new Uint8Array(BigUint64Array.of(low, this.cycles >> 64n).buffer));
      },
      msg_deadline: () => this.deadline,
      canister_self_size: () => this.self.toUint8Array().length,
      canister_self_copy: (dst: number, offset: number, size: number) =>
        copy(this.self.toUint8Array(), dst, offset, size),
      canister_status: () => (this.isStopping ? 2 : 1),
      call_new: (...args: number[]) => {
        const [callee, calleeSize, name, nameSize, ...callbacks] = args as [number, number, number, number];
        const [replied, repliedWith, rejected, rejectedWith] = callbacks as unknown as [number, number, number, number];
        this.#outgoing = {
          callee: Principal.fromUint8Array(bytes(callee, calleeSize).slice()),
          method: text(name, nameSize),
          argument: new Uint8Array(0),
          cycles: 0n,
          replied: [replied, repliedWith],
          rejected: [rejected, rejectedWith],
        };
      },
      call_on_cleanup: (index: number, environment: number) => {
        this.#outgoing!.undone = [index, environment];
      },
      call_data_append: (src: number, size: number) => {
        const call = this.#outgoing!;
        call.argument = new Uint8Array(Buffer.concat([call.argument, bytes(src, size)]));
      },
      call_cycles_add128: (high: bigint, low: bigint) => {
        const added = (BigInt.asUintN(64, high) << 64n) + BigInt.asUintN(64, low);
        this.#outgoing!.cycles += added;
        this.cycles -= added;
      },
      call_with_best_effort_response: (seconds: number) => {
        this.#outgoing!.timeout = seconds;
      },
      call_perform: () => {
        if (this.refusesCalls) return 2;
        this.calls.push(this.#outgoing!);
        this.#outgoing = undefined;
        return 0;
      },
      msg_reject_code: () => this.#rejection.code,
      msg_reject_msg_size: () => this.#rejection.message.length,
      msg_reject_msg_copy: (dst: number, offset: number, size: number) =>
        copy(this.#rejection.message, dst, offset, size),
      // No cycles come with a call here.
      msg_cycles_available128: (dst: number) => bytes(dst, 16).fill(0),
      msg_cycles_accept128: (_high: bigint, _low: bigint, dst: number) => bytes(dst, 16).fill(0),
      canister_liquid_cycle_balance128: (dst: number) => {
        const low = BigInt.asUintN(64, this.cycles);
        bytes(dst, 16).set(new Uint8Array(BigUint64Array.of(low, this.cycles >> 64n).buffer));
      },
      time: () => this.time,
      performance_counter: () => this.instructions,
      global_timer_set: (at: bigint) => {
        const before = this.timer;
        this.timer = at;
        return before;
      },
      certified_data_set: (src: number, size: number) => {
        this.certified = bytes(src, size).slice();
      },
      data_certificate_present: () => (this.certificate ? 1 : 0),
      data_certificate_size: () => this.certificate!.length,
      data_certificate_copy: (dst: number, offset: number, size: number) => copy(this.certificate!, dst, offset, size),
      stable64_size: () => BigInt(this.stable.pages),
      stable64_grow: (pages: bigint) => BigInt(this.stable.grow(Number(pages))),
      stable64_read: (dst: bigint, offset: bigint, size: bigint) =>
        void bytes(Number(dst), Number(size)).set(this.stable.read(Number(offset), Number(size))),
      stable64_write: (offset: bigint, src: bigint, size: bigint) =>
        void this.stable.write(Number(offset), bytes(Number(src), Number(size))),
      debug_print: (src: number, size: number) => void this.log.push(text(src, size)),
      trap: (src: number, size: number) => {
        throw new Error(`trap: ${text(src, size)}`);
      },
    };
  }
}
