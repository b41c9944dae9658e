/** A call of v0_chat or v1_chat, one message at a time, so that tests can do something between any two of them. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IDL } from '@icp-sdk/core/candid';
import type { ExecutionOutput, Message, OutgoingCall } from '../../packages/network/src/execution/message.js';
import { importDeclarations } from '../scripts/candid/interface.mjs';
import { type Llama, person } from './llama.js';

const { service } = await importDeclarations(join(dirname(dirname(fileURLToPath(import.meta.url))), 'llama.did'));
const methods = new Map(service._fields);
const empty = new Uint8Array(IDL.encode([], []));
/** The caller, who is no administrator. */
const caller = person(77);

interface ToolCall {
  id: string;
  function: { name: string; arguments: { name: string; value: string }[] };
}
export interface Answer {
  content: [] | [string];
  tool_calls: ToolCall[];
}
type Outcome<T> = { reply: T } | { reject: string };

export class ChatCall<T> {
  readonly #llama: Llama;
  readonly #method: IDL.FuncClass;
  readonly #fields: { caller: Uint8Array; cyclesAvailable: bigint; deadline: bigint };
  /** The canister's call to itself; its answer begins the next message. */
  link: OutgoingCall | undefined;
  outcome: Outcome<T> | undefined;
  /** The instructions of each message. */
  readonly messages: number[] = [];
  cyclesAccepted = 0n;

  private constructor(llama: Llama, method: string, deadline: bigint, cycles: bigint) {
    this.#llama = llama;
    this.#method = methods.get(method)!;
    this.#fields = { caller: caller.toUint8Array(), cyclesAvailable: cycles, deadline };
  }

  static begin<T>(llama: Llama, method: string, request: unknown, { deadline = 0n, cycles = 0n } = {}): ChatCall<T> {
    const call = new ChatCall<T>(llama, method, deadline, cycles);
    const arg = new Uint8Array(IDL.encode(call.#method.argTypes, [request]));
    call.#execute({ kind: 'update', method, arg, ...call.#fields });
    return call;
  }

  #execute(message: Message): void {
    const output: ExecutionOutput = this.#llama.canister.execute(message, { time: this.#llama.time });
    const { result, effects, instructions } = output;
    this.messages.push(instructions);
    this.cyclesAccepted += effects.cyclesAccepted;
    this.link = effects.calls[0];
    if (result.kind === 'error') throw new Error(JSON.stringify(result));
    if (result.kind === 'reply') this.outcome = { reply: IDL.decode(this.#method.retTypes, result.data)[0] as T };
    if (result.kind === 'reject') this.outcome = { reject: result.message };
  }

  /** Lets the canister answer its call to itself. */
  goOn(): void {
    const { onReply } = this.link!;
    this.#execute({
      kind: 'reply',
      callback: onReply,
      payload: empty,
      refunded: 0n,
      responded: false,
      ...this.#fields,
    });
  }

  /** Refuses the call to itself, as the system does while the canister is being stopped. */
  refuse(): void {
    const { onReject } = this.link!;
    const refused = { code: 5, message: 'Canister is stopping', refunded: 0n, responded: false };
    this.#execute({ kind: 'reject', callback: onReject, ...refused, ...this.#fields });
  }

  /** Goes on to the end, or for that many links of the chain; returns the answer. */
  finish(links = Number.POSITIVE_INFINITY): Outcome<T> | undefined {
    for (let i = 0; i < links && this.outcome === undefined; i++) this.goOn();
    return this.outcome;
  }
}
