/** The canister function that a message runs, and the facts about its call that it can query. */
import type { ExecutionContext } from '../wasm/system-api.js';
import { methodNotFound } from './errors.js';
import type { CallData } from './execution.js';
import type { Message } from './message.js';
import type { ProgramInstance } from './program.js';

const nothing = new Uint8Array();

export const noCall: CallData = {
  caller: nothing,
  arg: nothing,
  method: '',
  rejectCode: 0,
  rejectMessage: nothing,
  cyclesAvailable: 0n,
  cyclesRefunded: 0n,
  deadline: 0n,
  responded: false,
};

/** The context that each kind of message is executed in. */
export const contexts: Record<Message['kind'], ExecutionContext> = {
  update: 'U',
  replicatedQuery: 'RQ',
  query: 'Q',
  compositeQuery: 'CQ',
  inspect: 'F',
  heartbeat: 'T',
  timer: 'T',
  lowMemory: 'T',
  reply: 'Ry',
  reject: 'Rt',
  compositeReply: 'CRy',
  compositeReject: 'CRt',
  cleanup: 'C',
};

/** Export prefixes of methods, and their names in the replica. */
const methodExports = {
  update: ['canister_update', 'update'],
  replicatedQuery: ['canister_query', 'query'],
  query: ['canister_query', 'query'],
  compositeQuery: ['canister_composite_query', 'composite_query'],
} as const;

const taskExports = {
  heartbeat: 'canister_heartbeat',
  timer: 'canister_global_timer',
  lowMemory: 'canister_on_low_wasm_memory',
  inspect: 'canister_inspect_message',
} as const;

/** The caller of system tasks: the management canister. */
const managementCanister = new Uint8Array();

/** The function that a message runs; undefined if the canister has none for it. Throws ExecutionError. */
export function entry(instance: ProgramInstance, message: Message): (() => void) | undefined {
  switch (message.kind) {
    case 'reply':
    case 'reject':
    case 'compositeReply':
    case 'compositeReject':
    case 'cleanup': {
      const callback = instance.callback(message.callback.fun);
      return () => void callback(message.callback.env);
    }
    case 'heartbeat':
    case 'timer':
    case 'lowMemory':
    case 'inspect': {
      const task = instance.exported(taskExports[message.kind]);
      return task && (() => void task());
    }
    default: {
      const [prefix, kind] = methodExports[message.kind];
      const method = instance.exported(`${prefix} ${message.method}`);
      if (method === undefined) throw methodNotFound(kind, message.method);
      return () => void method();
    }
  }
}

export function callData(message: Message): CallData {
  switch (message.kind) {
    case 'heartbeat':
    case 'timer':
    case 'lowMemory':
      return { ...noCall, caller: managementCanister };
    case 'inspect':
      return { ...noCall, caller: message.caller, arg: message.arg, method: message.method };
    case 'reply':
    case 'compositeReply':
      return {
        ...noCall,
        ...fieldsOf(message),
        arg: message.payload,
        cyclesRefunded: message.refunded,
        responded: message.responded,
      };
    case 'reject':
    case 'compositeReject':
      return {
        ...noCall,
        ...fieldsOf(message),
        rejectCode: message.code,
        rejectMessage: new TextEncoder().encode(message.message),
        cyclesRefunded: message.refunded,
        responded: message.responded,
      };
    case 'cleanup':
      return { ...noCall, ...fieldsOf(message), rejectCode: message.code, responded: true };
    default:
      return { ...noCall, ...fieldsOf(message), arg: message.arg, method: message.method };
  }
}

function fieldsOf({
  caller,
  cyclesAvailable,
  deadline,
}: {
  caller: Uint8Array;
  cyclesAvailable: bigint;
  deadline: bigint;
}) {
  return { caller, cyclesAvailable, deadline };
}
