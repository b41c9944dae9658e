import { describe, expect, it } from 'vitest';
import { ValueType } from '../wasm/opcodes.js';
import { type ExecutionContext, importType, systemApi } from '../wasm/system-api.js';
import { wat } from '../wasm/wat.test-support.js';
import { DirectCanister } from './direct.js';
import type { ExecutionOutput } from './message.js';
import { imports } from './system-interface.test-support.js';

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
  const { params, results } = importType(name, false)!;
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
