/**
 * Canisters that are part of the network, written in TypeScript: they have the ids of main net's ledgers, and users and
 * canisters can call the same methods. The rest of the network sees them as canisters with a process like all others.
 */
import { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import { calledTrap, methodNotFound } from '../execution/errors.js';
import type {
  Environment,
  ExecutionOutput,
  InstallOutput,
  MemorySizes,
  Message,
  ModuleInfo,
} from '../execution/message.js';
import { empty, failure } from '../execution/output.js';
import type { CanisterProcess } from '../execution/process.js';
import { isCandidBomb } from '../management/candid-bomb.js';
import { sha256 } from '../protocol/request-id.js';
import { Canister } from '../state/canister.js';

/** One call of a method. */
export interface BuiltInCall {
  caller: Principal;
  /** Cycles that came with it and have not been accepted yet. */
  readonly cyclesAvailable: bigint;
  /** Takes cycles out of those. */
  accept(cycles: bigint): void;
  /** Nanoseconds since 1970. */
  time: bigint;
  /** Of a query: a certificate of the canister's certified data. */
  certificate: Uint8Array | undefined;
}

export interface BuiltInMethod {
  kind: 'update' | 'query';
  arguments: IDL.Type[];
  result: IDL.Type[];
  /** Arguments and result are the decoded values of the Candid types. Throws Trap. */
  // biome-ignore lint/suspicious/noExplicitAny: the types are those of the Candid types beside it.
  run: (call: BuiltInCall, ...args: any[]) => unknown;
}

/** A method cannot go on; the caller gets the text as a trap's. Nothing may have been changed before. */
export class Trap extends Error {}

export interface BuiltInCanister {
  id: Principal;
  /** The data that its queries' certificate certifies. */
  certifiedData?: Uint8Array;
  methods: Record<string, BuiltInMethod>;
}

export const query = (args: IDL.Type[], result: IDL.Type[], run: BuiltInMethod['run']): BuiltInMethod => ({
  kind: 'query',
  arguments: args,
  result,
  run,
});

export const update = (args: IDL.Type[], result: IDL.Type[], run: BuiltInMethod['run']): BuiltInMethod => ({
  ...query(args, result, run),
  kind: 'update',
});

/** The interface as Candid text. */
function interfaceOf({ methods }: BuiltInCanister): string {
  const list = (types: IDL.Type[]) => `(${types.map((type) => type.display()).join(', ')})`;
  const lines = Object.entries(methods).map(
    ([name, { kind, arguments: args, result }]) =>
      `  ${name} : ${list(args)} -> ${list(result)}${kind === 'query' ? ' query' : ''};`,
  );
  return `service : {\n${lines.join('\n')}\n}\n`;
}

/** Instructions reported for every message of a built-in canister. */
const instructions = 1_000_000;

class BuiltInProcess implements CanisterProcess {
  private readonly canister: BuiltInCanister;

  constructor(canister: BuiltInCanister) {
    this.canister = canister;
  }

  async execute(environment: Environment, message: Message): Promise<ExecutionOutput> {
    const memory: MemorySizes = { heap: 0, stable: 0 };
    if (!('method' in message) || message.kind === 'inspect') {
      return { ...empty(memory), result: { kind: 'none' }, accepted: true };
    }
    const method = Object.hasOwn(this.canister.methods, message.method) && this.canister.methods[message.method];
    const wanted = message.kind === 'update' ? 'update' : 'query';
    if (!method || method.kind !== wanted) return failure(environment, methodNotFound(wanted, message.method), memory);
    const output: ExecutionOutput = { ...empty(memory), instructions, result: { kind: 'none' } };
    const call: BuiltInCall = {
      caller: Principal.fromUint8Array(message.caller),
      time: environment.time,
      certificate: environment.dataCertificate,
      get cyclesAvailable() {
        return message.cyclesAvailable - output.effects.cyclesAccepted;
      },
      accept: (cycles) => {
        output.effects.cyclesAccepted += cycles;
      },
    };
    try {
      const result = method.run(call, ...decode(method, message.arg));
      output.result = { kind: 'reply', data: IDL.encode(method.result, method.result.length === 0 ? [] : [result]) };
      return output;
    } catch (error) {
      if (error instanceof Trap) return failure(environment, calledTrap(error.message), memory);
      throw error;
    }
  }

  async install(): Promise<InstallOutput> {
    throw new Error('a canister of the network itself has no code to install');
  }

  async restore(): Promise<void> {}

  async image(): Promise<never> {
    throw new Error('a canister of the network itself has no snapshots');
  }

  load(): Promise<never> {
    return this.image();
  }

  async endQuery(): Promise<void> {}

  async suspendQuery(): Promise<void> {}

  async resumeQuery(): Promise<void> {}

  async uninstall(): Promise<MemorySizes> {
    return { heap: 0, stable: 0 };
  }

  async close(): Promise<void> {}
}

function decode(method: BuiltInMethod, bytes: Uint8Array): unknown[] {
  if (isCandidBomb(bytes)) throw new Trap('failed to decode call arguments: a vector of values that take no bytes');
  try {
    return IDL.decode(method.arguments, bytes);
  } catch (error) {
    throw new Trap(`failed to decode call arguments: ${(error as Error).message}`);
  }
}

/** More cycles than anything could take from it. */
const manyCycles = 2n ** 100n;

/** The canister as the rest of the network knows it. */
export function canisterOf(builtIn: BuiltInCanister, now: bigint): Canister {
  const canister = new Canister(builtIn.id, [], manyCycles, now, true);
  const candid = new TextEncoder().encode(interfaceOf(builtIn));
  const named = (kind: string) => Object.keys(builtIn.methods).filter((name) => builtIn.methods[name]!.kind === kind);
  const info: ModuleInfo = {
    metadata: [{ name: 'candid:service', visibility: 'public', bytes: candid }],
    update: named('update'),
    query: named('query'),
    compositeQuery: [],
    entryPoints: [],
    systemCalls: builtIn.certifiedData === undefined ? [] : ['data_certificate_copy'],
    memory64: false,
    customSectionBytes: candid.length,
  };
  canister.module = { hash: sha256(candid), bytes: 0, info, installedAt: now, blob: '' };
  canister.certifiedData = builtIn.certifiedData ?? canister.certifiedData;
  canister.process = new BuiltInProcess(builtIn);
  return canister;
}
