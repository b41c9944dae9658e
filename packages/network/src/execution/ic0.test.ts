import { describe, expect, it } from 'vitest';
import { ValueType } from '../wasm/opcodes.js';
import { type ExecutionContext, systemApi } from '../wasm/system-api.js';
import { wat } from '../wasm/wat.test-support.js';
import { DirectCanister, type DirectOptions } from './direct.js';
import type { ExecutionOutput } from './message.js';

const letters = (types: readonly number[]) => types.map((type) => (type === ValueType.i32 ? 'i32' : 'i64')).join(' ');

/** `(import ...)` lines for the named functions, called `$name`. */
function imports(...names: string[]): string {
  return names
    .map((name) => {
      const { params, results } = systemApi.get(name)!.type;
      return `(import "ic0" "${name}" (func $${name} (param ${letters(params)}) (result ${letters(results)})))`;
    })
    .join('\n');
}

function installed(module: string, options: DirectOptions = {}): DirectCanister {
  const canister = new DirectCanister(options);
  expect(canister.install(wat(module)).result).toEqual({ kind: 'none' });
  return canister;
}

const call = { caller: Uint8Array.of(4), cyclesAvailable: 1000n, deadline: 0n };
const callback = { fun: 0, env: 7 };
const none = new Uint8Array();

/** How each execution context is reached, in a canister that does the same in all of them. */
const ways: Record<ExecutionContext, (canister: DirectCanister, wasm: Uint8Array) => ExecutionOutput> = {
  s: (_, wasm) => new DirectCanister().install(wasm),
  I: (_, wasm) => new DirectCanister().install(wasm),
  G: (canister, wasm) => canister.install(wasm, { mode: 'upgrade' }),
  U: (canister) => canister.execute({ ...call, kind: 'update', method: 'run', arg: none }),
  RQ: (canister) => canister.execute({ ...call, kind: 'replicatedQuery', method: 'ask', arg: none }),
  Q: (canister) => canister.execute({ ...call, kind: 'query', method: 'ask', arg: none }),
  CQ: (canister) => canister.execute({ ...call, kind: 'compositeQuery', method: 'compose', arg: none }),
  Ry: (canister) =>
    canister.execute({ ...call, kind: 'reply', callback, payload: none, refunded: 0n, responded: false }),
  Rt: (canister) =>
    canister.execute({ ...call, kind: 'reject', callback, code: 4, message: 'no', refunded: 0n, responded: false }),
  CRy: (canister) =>
    canister.execute({ ...call, kind: 'compositeReply', callback, payload: none, refunded: 0n, responded: false }),
  CRt: (canister) => {
    const rest = { code: 4, message: 'no', refunded: 0n, responded: false };
    return canister.execute({ ...call, kind: 'compositeReject', callback, ...rest });
  },
  C: (canister) => canister.execute({ ...call, kind: 'cleanup', callback, code: 0 }),
  F: (canister) => canister.execute({ kind: 'inspect', method: 'run', arg: none, caller: call.caller }),
  T: (canister) => canister.execute({ kind: 'timer' }),
};

/** A module that calls one system function, with zeros, in the given context only. */
function callingIn(name: string, context: ExecutionContext): Uint8Array {
  const { params, results } = systemApi.get(name)!.type;
  const operands = params.map((type) => (type === ValueType.i32 ? '(i32.const 0)' : '(i64.const 0)')).join(' ');
  const body = `(call $${name} ${operands}) ${results.map(() => '(drop)').join('')}`;
  const there = (here: ExecutionContext, text: string) => (here === context ? text : '');
  return wat(`(module ${imports(name)} (memory 1) (table funcref (elem $callback))
    (func $callback (param i32) ${(['Ry', 'Rt', 'CRy', 'CRt', 'C'] as const).map((each) => there(each, body)).join(' ')})
    ${there('s', `(func $start ${body}) (start $start)`)}
    (func (export "canister_init") ${there('I', body)})
    (func (export "canister_pre_upgrade") ${there('G', body)})
    (func (export "canister_update run") ${there('U', body)})
    (func (export "canister_query ask") ${there('RQ', body)} ${there('Q', body)})
    (func (export "canister_composite_query compose") ${there('CQ', body)})
    (func (export "canister_inspect_message") ${there('F', body)})
    (func (export "canister_global_timer") ${there('T', body)}))`);
}

describe('where system calls are allowed', () => {
  it.each([...systemApi.keys()])('%s', (name) => {
    for (const context of Object.keys(ways) as ExecutionContext[]) {
      const wasm = callingIn(name, context);
      const canister = new DirectCanister();
      if (context !== 's' && context !== 'I') canister.install(wasm);
      const { result } = ways[context](canister, wasm);
      const refused = result.kind === 'error' && result.error.message.includes('cannot be executed in');
      expect([context, refused]).toEqual([context, !systemApi.get(name)!.contexts.has(context)]);
    }
  });
});

describe('argument, caller, reply', () => {
  const canister =
    installed(`(module ${imports('msg_arg_data_size', 'msg_arg_data_copy', 'msg_caller_size', 'msg_caller_copy', 'msg_reply_data_append', 'msg_reply', 'msg_reject', 'trap')}
    (memory 1) (data (i32.const 0) "no, never")
    (func $echo (call $msg_arg_data_copy (i32.const 100) (i32.const 0) (call $msg_arg_data_size))
      (call $msg_reply_data_append (i32.const 100) (call $msg_arg_data_size)) (call $msg_reply))
    (func (export "canister_update echo") (call $echo))
    (func (export "canister_query ask") (call $echo))
    (func (export "canister_update caller") (call $msg_caller_copy (i32.const 100) (i32.const 0) (call $msg_caller_size))
      (call $msg_reply_data_append (i32.const 100) (call $msg_caller_size)) (call $msg_reply))
    (func (export "canister_update reject") (call $msg_reject (i32.const 0) (i32.const 9)))
    (func (export "canister_update trap") (call $trap (i32.const 0) (i32.const 2)))
    (func (export "canister_update twice") (call $msg_reply) (call $msg_reply))
    (func (export "canister_update after") (call $msg_reply) (call $msg_reply_data_append (i32.const 0) (i32.const 1)))
    (func (export "canister_update outside") (call $msg_reply_data_append (i32.const 65530) (i32.const 7)))
    (func (export "canister_update beyond") (call $msg_arg_data_copy (i32.const 0) (i32.const 1) (call $msg_arg_data_size)))
    (func (export "canister_update utf8") (i32.store8 (i32.const 0) (i32.const 0xff)) (call $msg_reject (i32.const 0) (i32.const 1)))
    (func (export "canister_update silent"))
    (func (export "canister_update long") (loop (call $msg_reply_data_append (i32.const 0) (i32.const 65536)) (br 0))))`);
  const arg = new TextEncoder().encode('hello');

  it('go in and out, and cost what they should', () => {
    const output = canister.update('echo', arg);
    expect(output.result).toEqual({ kind: 'reply', data: arg });
    // function + call of $echo (1 + 5), its function (1), constants (3), calls (5 * 5), fixed parts of 5 calls, 5 bytes twice, a page written
    expect(output.instructions).toBe(1 + 5 + 1 + 3 + 25 + 5 * 500 + 5 + 5 + 160_000);
    expect(canister.query('ask', arg).instructions).toBe(output.instructions - 80_000);
    expect(canister.update('caller', arg, { caller: Uint8Array.of(9, 8, 7) }).result).toEqual({
      kind: 'reply',
      data: Uint8Array.of(9, 8, 7),
    });
  });

  it('reject and trap with their texts', () => {
    expect(canister.update('reject').result).toEqual({ kind: 'reject', message: 'no, never' });
    const trap = canister.update('trap');
    expect(trap.result).toMatchObject({ error: { code: 503 } });
    expect((trap.result as { error: { message: string } }).error.message).toContain(
      "Canister called `ic0.trap` with message: 'no'.\nConsider gracefully",
    );
    expect(trap.logs.map((log) => new TextDecoder().decode(log))).toEqual(['[TRAP]: no']);
    expect(canister.update('silent').result).toEqual({ kind: 'none' });
  });

  it.each([
    ['twice', 'ic0_msg_reply: the call is already replied'],
    ['after', 'ic0_msg_reply_data_append: the call is already replied'],
    ['outside', 'ic0_msg_reply_data_append heap: src=65530 + length=7 exceeds the slice size=65536'],
    ['beyond', 'ic0_msg_arg_data_copy payload: src=1 + length=5 exceeds the slice size=5'],
    ['utf8', 'invalid UTF-8'],
    ['long', 'ic0_msg_reply_data_append: application payload size (2162688) cannot be larger than 2097152'],
  ])('violates the contract: %s', (method, text) => {
    expect(canister.update(method, arg).result).toMatchObject({
      error: { code: 504, message: expect.stringContaining(text) },
    });
  });

  it('says which method is missing', () => {
    expect(canister.update('missing').result).toMatchObject({
      error: { code: 536, message: expect.stringContaining("Canister has no update method 'missing'.") },
    });
    expect(canister.query('echo').result).toMatchObject({
      error: { code: 536, message: expect.stringContaining("Canister has no query method 'echo'.") },
    });
  });
});

describe('stable memory', () => {
  const canister =
    installed(`(module ${imports('stable64_size', 'stable64_grow', 'stable64_write', 'stable64_read', 'stable_size', 'stable_read')}
    (memory 40)
    (func (export "canister_init") (drop (call $stable64_grow (i64.const 70000))))
    (func (export "canister_update write") (call $stable64_write (i64.const 65530) (i64.const 0) (i64.const 12)))
    (func (export "canister_update read") (call $stable64_read (i64.const 0) (i64.const 65530) (i64.const 12)))
    (func (export "canister_query look") (call $stable64_read (i64.const 0) (i64.const 65530) (i64.const 12)))
    (func (export "canister_update nothing") (call $stable64_read (i64.const 0) (i64.const -1) (i64.const 0)))
    (func (export "canister_update outside") (call $stable64_read (i64.const 0) (i64.const 4587519999) (i64.const 2)))
    (func (export "canister_update heap") (call $stable64_read (i64.const 2621439) (i64.const 0) (i64.const 2)))
    (func (export "canister_update small") (drop (call $stable_size)))
    (func (export "canister_update grow") (if (i64.ne (call $stable64_grow (i64.const 8192000)) (i64.const -1)) (then (unreachable))))
    (func (export "canister_update big") (call $stable64_read (i64.const 0) (i64.const 0) (i64.const 2097152))))`);

  it('costs its bytes, 20 and the pages on both sides', () => {
    expect(canister.update('write').instructions).toBe(1 + 3 + 5 + 32 + 80_000 + 2 * 160_000);
    expect(canister.update('read').instructions).toBe(1 + 3 + 5 + 32 + 160_000 + 2 * 80_000);
    expect(canister.query('look').instructions).toBe(1 + 3 + 5 + 32 + 80_000 + 2 * 80_000);
    expect(canister.update('nothing').instructions).toBe(1 + 3 + 5 + 20);
    expect(canister.update('big').instructions).toBe(1 + 3 + 5 + 20 + 2_097_152 + 32 * (160_000 + 80_000));
  });

  it('has bounds', () => {
    expect(canister.update('outside').result).toMatchObject({
      error: { message: expect.stringContaining('stable memory out of bounds') },
    });
    expect(canister.update('heap').result).toMatchObject({
      error: { message: expect.stringContaining('heap out of bounds') },
    });
    expect(canister.update('small').result).toMatchObject({
      error: { message: expect.stringContaining('32 bit stable memory api') },
    });
    expect(canister.update('grow').result).toEqual({ kind: 'none' });
  });

  it('may be accessed and written only so much in one message', () => {
    const limited = installed(
      `(module ${imports('stable64_grow', 'stable64_write', 'stable64_read')} (memory 1)
      (func (export "canister_init") (drop (call $stable64_grow (i64.const 10))))
      (func (export "canister_update write") (call $stable64_write (i64.const 0) (i64.const 0) (i64.const 8193)))
      (func (export "canister_update read") (call $stable64_read (i64.const 0) (i64.const 4095) (i64.const 4098)))
      (func (export "canister_update same") (call $stable64_read (i64.const 0) (i64.const 0) (i64.const 8192)) (call $stable64_write (i64.const 0) (i64.const 0) (i64.const 8192))))`,
      { limits: { updateStableBytes: 8192 } },
    );
    expect(limited.update('write').result).toMatchObject({
      error: { code: 524, message: expect.stringContaining('modified pages') },
    });
    expect(limited.update('read').result).toMatchObject({
      error: { code: 524, message: expect.stringContaining('accessed pages') },
    });
    expect(limited.update('same').result).toEqual({ kind: 'none' });
  });
});

describe('instructions', () => {
  it('performance_counter counts itself, and the call context before', () => {
    const canister = installed(
      `(module ${imports('performance_counter', 'msg_reply_data_append', 'msg_reply')} (memory 1)
      (func (export "canister_update run") (i64.store (i32.const 0) (call $performance_counter (i32.const 0)))
        (i64.store (i32.const 8) (call $performance_counter (i32.const 1)))
        (call $msg_reply_data_append (i32.const 0) (i32.const 16)) (call $msg_reply))
      (func (export "canister_update bad") (drop (call $performance_counter (i32.const 2)))))`,
      { environment: { contextInstructions: 1000 } },
    );
    const { result } = canister.update('run');
    const data = result.kind === 'reply' ? Buffer.from(result.data) : Buffer.alloc(16);
    // The whole function is one block of 1 + (1+1+5+1) * 2 + (2+5) + 5, charged before the first call.
    expect(data.readBigUInt64LE(0)).toBe(29n + 200n);
    expect(data.readBigUInt64LE(8)).toBe(1000n + 29n + 200n + 160_000n + 200n);
    expect(canister.update('bad').result).toMatchObject({
      error: { code: 504, message: expect.stringContaining('performance counter type 2') },
    });
  });

  const bulk = installed(
    `(module ${imports('stable64_grow', 'stable64_read', 'msg_reply')} (memory 1000)
    (func (export "canister_init") (drop (call $stable64_grow (i64.const 1000))))
    (func (export "canister_update fill") (param $ignored) (memory.fill (i32.const 0) (i32.const 1) (i32.const 60000000)) (call $msg_reply))
    (func (export "canister_update parts") (local i32)
      (loop (memory.fill (local.get 0) (i32.const 1) (i32.const 2000000))
        (br_if 0 (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 2000000))) (i32.const 60000000)))) (call $msg_reply))
    (func (export "canister_update read") (call $stable64_read (i64.const 0) (i64.const 0) (i64.const 60000000)) (call $msg_reply))
    (func (export "canister_query ask") (memory.fill (i32.const 0) (i32.const 1) (i32.const 60000000)) (call $msg_reply))
    (func (export "canister_update endless") (loop (br 0)))
    (func $deep (call $deep))
    (func (export "canister_update recursion") (call $deep)))`.replace('(param $ignored)', ''),
    { limits: { sliceInstructions: 100_000_000 } },
  );

  it('one operator that does not fit its slice stops the message; the same in parts does not', () => {
    const overrun = {
      error: { code: 522, message: expect.stringContaining('attempted to perform a large memory operation') },
    };
    expect(bulk.update('fill').result).toMatchObject(overrun);
    expect(bulk.update('read').result).toMatchObject(overrun);
    expect(bulk.update('parts').result).toMatchObject({ kind: 'reply' });
    expect(bulk.query('ask').result).toMatchObject({ kind: 'reply' });
  });

  it('stops what does not stop by itself', () => {
    bulk.runtime.limits.updateInstructions = 1_000_000;
    const output = bulk.update('endless');
    expect(output.result).toMatchObject({
      error: { code: 522, message: expect.stringContaining('exceeded the limit of 1000000 instructions') },
    });
    expect(output.instructions).toBe(1_000_000);
    bulk.runtime.limits.updateInstructions = 40e9;
    expect(bulk.update('recursion').result).toMatchObject({
      error: { code: 502, message: expect.stringContaining('stack overflow') },
    });
  });
});

describe('traps', () => {
  it.each([
    ['(unreachable)', 'unreachable'],
    ['(drop (i32.div_u (i32.const 1) (i32.const 0)))', 'integer division by 0'],
    ['(drop (i64.rem_s (i64.const 1) (i64.const 0)))', 'integer division by 0'],
    ['(drop (i32.trunc_f32_s (f32.const nan)))', 'unknown'],
    ['(drop (i32.load (i32.const 65533)))', 'heap out of bounds'],
    ['(call_indirect (type $t) (i32.const 5))', 'table out of bounds'],
    ['(call_indirect (type $t) (i32.const 1))', 'unknown'],
  ])('%s: %s', (body, reason) => {
    const canister = installed(
      `(module (type $t (func)) (memory 1) (table 2 funcref) (func (export "canister_update run") ${body}))`,
    );
    expect(canister.update('run').result).toMatchObject({
      error: { code: 502, message: expect.stringContaining(`Canister trapped: ${reason}`) },
    });
  });
});

describe('effects', () => {
  const canister =
    installed(`(module ${imports('certified_data_set', 'global_timer_set', 'time', 'call_new', 'call_data_append', 'call_cycles_add128', 'call_perform', 'call_on_cleanup', 'msg_cycles_accept', 'cycles_burn128', 'debug_print')}
    (memory 1) (data (i32.const 0) "\\00\\00\\00\\00\\00\\00\\00\\02\\01\\01method")
    (func (export "canister_update certify") (call $certified_data_set (i32.const 0) (i32.const 32)))
    (func (export "canister_update toolong") (call $certified_data_set (i32.const 0) (i32.const 33)))
    (func (export "canister_update timer") (if (i64.ne (call $global_timer_set (i64.add (call $time) (i64.const 5))) (i64.const 0)) (then (unreachable))))
    (func $new (call $call_new (i32.const 0) (i32.const 10) (i32.const 10) (i32.const 6) (i32.const 1) (i32.const 2) (i32.const 3) (i32.const 4)))
    (func (export "canister_update call") (call $new) (call $call_on_cleanup (i32.const 5) (i32.const 6)) (call $call_data_append (i32.const 10) (i32.const 3))
      (call $call_cycles_add128 (i64.const 0) (i64.const 500)) (if (call $call_perform) (then (unreachable))))
    (func (export "canister_update rich") (call $new) (call $call_cycles_add128 (i64.const 1) (i64.const 0)))
    (func (export "canister_update unperformed") (call $new) (call $call_cycles_add128 (i64.const 0) (i64.const 500)))
    (func (export "canister_update nocall") (drop (call $call_perform)))
    (func (export "canister_update accept") (drop (call $msg_cycles_accept (i64.const 70))) (drop (call $msg_cycles_accept (i64.const 70))))
    (func (export "canister_update burn") (call $cycles_burn128 (i64.const 0) (i64.const 123) (i32.const 100)))
    (func (export "canister_update print") (call $debug_print (i32.const 10) (i32.const 6)) (call $debug_print (i32.const -1) (i32.const 6))))`);

  it('certified data, of at most 32 bytes', () => {
    expect(canister.update('certify').effects.certifiedData).toHaveLength(32);
    expect(canister.update('toolong').result).toMatchObject({
      error: { code: 504, message: expect.stringContaining('no larger than 32 bytes') },
    });
  });

  it('the timer', () => {
    expect(canister.update('timer', none, { time: 1000n }).effects.globalTimer).toBe(1005n);
    expect(canister.update('timer').result.kind).toBe('error');
    canister.environment.globalTimer = 0n;
  });

  it('calls, with their cycles and what their responses are prepaid with', () => {
    const balance = canister.environment.balance;
    const { effects } = canister.update('call');
    expect(effects.calls).toEqual([
      {
        callee: Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 2, 1, 1),
        method: 'method',
        payload: new TextEncoder().encode('met'),
        cycles: 500n,
        onReply: { fun: 1, env: 2 },
        onReject: { fun: 3, env: 4 },
        onCleanup: { fun: 5, env: 6 },
        prepaidTransmission: 2_097_152_000n,
        prepaidExecution: 40_005_000_000n,
      },
    ]);
    expect(effects.cyclesSpent).toBe(500n + 260_000n + 9_000n + 2_097_152_000n + 40_005_000_000n);
    expect(canister.environment.balance).toBe(balance - effects.cyclesSpent);
    expect(canister.update('rich').result).toMatchObject({
      error: { message: expect.stringContaining('out of cycles') },
    });
    expect(canister.update('nocall').result).toMatchObject({ error: { code: 504 } });
    const unperformed = canister.update('unperformed').effects;
    expect([unperformed.calls, unperformed.cyclesSpent]).toEqual([[], 0n]);
  });

  it('cycles accepted and burned', () => {
    expect(canister.update('accept', none, { cycles: 100n }).effects.cyclesAccepted).toBe(100n);
    expect(canister.update('burn').effects).toMatchObject({ cyclesSpent: 123n, cyclesBurned: 123n });
  });

  it('logs', () => {
    const logs = canister.update('print').logs.map((log) => new TextDecoder().decode(log));
    expect(logs).toEqual(['method', '(debug_print message out of memory bounds)']);
  });
});

describe('lifecycle', () => {
  const counting = (post: string) =>
    wat(`(module ${imports('stable64_grow', 'stable64_write', 'stable64_read', 'msg_reply', 'msg_reply_data_append', 'canister_version')} (memory 1)
    (func (export "canister_init") (drop (call $stable64_grow (i64.const 1))) (i64.store (i32.const 0) (i64.const 5)))
    (func (export "canister_pre_upgrade") (call $stable64_write (i64.const 0) (i64.const 0) (i64.const 8)))
    (func (export "canister_post_upgrade") (i64.store (i32.const 64) (i64.const 9)) ${post})
    (func (export "canister_update add") (i64.store (i32.const 0) (i64.add (i64.load (i32.const 0)) (i64.const 1))))
    (func (export "canister_query get") (call $msg_reply_data_append (i32.const 0) (i32.const 8)) (call $msg_reply)))`);
  const restore = '(call $stable64_read (i64.const 0) (i64.const 0) (i64.const 8))';
  const storedValue = (canister: DirectCanister) => {
    const { result } = canister.query('get');
    return result.kind === 'reply' ? Buffer.from(result.data).readBigUInt64LE() : undefined;
  };

  it('upgrades carry what stable memory holds; reinstalling carries nothing', () => {
    const canister = new DirectCanister();
    canister.install(counting(restore));
    canister.update('add');
    expect(canister.install(counting(restore), { mode: 'upgrade' }).result).toEqual({ kind: 'none' });
    expect(storedValue(canister)).toBe(6n);
    canister.install(counting(''), { mode: 'upgrade' });
    expect(storedValue(canister)).toBe(0n);
    canister.install(counting(restore), { mode: 'reinstall' });
    expect(storedValue(canister)).toBe(5n);
    expect(canister.memory.stable).toBe(65536);
  });

  it.each([true, false])('an upgrade that traps leaves the old canister as it was (heap kept: %s)', (keepHeap) => {
    const canister = new DirectCanister();
    canister.install(counting(restore));
    canister.update('add');
    const output = canister.install(counting('(unreachable)'), { mode: 'upgrade', keepHeap });
    expect(output.result).toMatchObject({ error: { code: 502 } });
    expect(storedValue(canister)).toBe(6n);
    canister.update('add');
    expect(storedValue(canister)).toBe(7n);
  });

  it('an upgrade may keep the heap', () => {
    const canister = new DirectCanister();
    canister.install(counting(''));
    canister.update('add');
    canister.install(counting(''), { mode: 'upgrade', keepHeap: true });
    expect(storedValue(canister)).toBe(6n);
  });

  it('the wasm memory limit stops updates and installs, not queries', () => {
    const wasm = wat(
      `(module (memory 1) (func (export "canister_update grow") (drop (memory.grow (i32.const 1)))) (func (export "canister_query ask") (drop (memory.grow (i32.const 1)))))`,
    );
    const canister = new DirectCanister({ environment: { wasmMemoryLimit: 65536 } });
    expect(canister.install(wasm).result).toEqual({ kind: 'none' });
    expect(canister.update('grow').result).toMatchObject({
      error: {
        code: 539,
        message: expect.stringContaining('limit of 65536 bytes. The peak Wasm memory usage was 131072 bytes.'),
      },
    });
    expect(canister.query('ask').result).toEqual({ kind: 'none' });
    canister.environment.wasmMemoryLimit = 1000;
    expect(canister.update('grow').result).toMatchObject({ error: { code: 539 } });
    expect(canister.install(wasm, { mode: 'reinstall' }).result).toMatchObject({ error: { code: 539 } });
  });

  it('counts compilation and all stages as the cost of an installation', () => {
    const module = wat('(module (memory 1) (func $s (nop)) (start $s) (func (export "canister_init") (nop) (nop)))');
    // Operators, each function's charge (10 in the replica's instrumentation), and what ran: 2 and 3.
    expect(new DirectCanister().install(module).instructions).toBe(6000 * (2 + 3 + 2 * 10) + 2 + 3);
    const { result } = new DirectCanister({ limits: { installInstructions: 1000 } }).install(module);
    expect(result).toMatchObject({ error: { code: 522 } });
  });
});
