import { describe, expect, it } from 'vitest';
import { imports, installed } from './system-interface.test-support.js';

const none = new Uint8Array();

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
    (func $named (param i32) (call $call_new (i32.const 0) (i32.const 10) (i32.const 100) (local.get 0) (i32.const 1) (i32.const 2) (i32.const 3) (i32.const 4))
      (drop (call $call_perform)))
    (func (export "canister_update longest") (call $named (i32.const 20000)))
    (func (export "canister_update longer") (call $named (i32.const 20001)))
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

  it('calls, of methods with names of at most 20,000 bytes', () => {
    expect(canister.update('longest').effects.calls[0]?.method).toHaveLength(20_000);
    expect(canister.update('longer').result).toMatchObject({
      error: {
        code: 504,
        message: expect.stringContaining('Size of method_name 20001 exceeds the allowed limit of 20000'),
      },
    });
    expect(canister.update('longer').effects.calls).toEqual([]);
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
