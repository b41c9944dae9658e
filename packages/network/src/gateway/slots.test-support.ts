/** For tests of the gateway: a canister with settable answers, and certified responses for it. */
import { createHash } from 'node:crypto';
import { IDL } from '@icp-sdk/core/candid';
import type { Principal } from '@icp-sdk/core/principal';
import { newCall, send } from '../anonymous-call.test-support.js';
import type { Network } from '../index.js';
import { encodeCbor } from '../protocol/cbor.js';
import { hashTree, type LabelledTree, rootHash } from '../protocol/hash-tree.js';
import { hashOfMap, sha256 } from '../protocol/request-id.js';
import { wat } from '../wasm/wat.test-support.js';

/**
 * Holds 60 answers of up to 64 KiB. `set` keeps its argument from the second byte on as the answer whose number the first
 * byte is; `http_request` gives answer 0, `http_request_update` answer 1 and keeps its argument as answer 2; `stream` gives
 * the answer whose number its argument ends with; `get` likewise. `certify` certifies its argument.
 */
const slots = wat(`(module
  (import "ic0" "msg_arg_data_size" (func $size (result i32)))
  (import "ic0" "msg_arg_data_copy" (func $copy (param i32 i32 i32)))
  (import "ic0" "msg_reply_data_append" (func $append (param i32 i32)))
  (import "ic0" "msg_reply" (func $reply))
  (import "ic0" "certified_data_set" (func $certify (param i32 i32)))
  (import "ic0" "data_certificate_size" (func $certificate_size (result i32)))
  (import "ic0" "data_certificate_copy" (func $certificate_copy (param i32 i32 i32)))
  (memory 64)
  (func $at (param i32) (result i32) (i32.mul (i32.add (local.get 0) (i32.const 2)) (i32.const 65536)))
  (func $keep (param $slot i32) (param $from i32)
    (i32.store (call $at (local.get $slot)) (i32.sub (call $size) (local.get $from)))
    (call $copy (i32.add (i32.const 4) (call $at (local.get $slot))) (local.get $from) (i32.sub (call $size) (local.get $from))))
  (func $answer (param i32)
    (call $append (i32.add (i32.const 4) (call $at (local.get 0))) (i32.load (call $at (local.get 0)))) (call $reply))
  (func $last (result i32) (call $copy (i32.const 0) (i32.sub (call $size) (i32.const 1)) (i32.const 1)) (i32.load8_u (i32.const 0)))
  (func (export "canister_update set") (call $copy (i32.const 0) (i32.const 0) (i32.const 1))
    (call $keep (i32.load8_u (i32.const 0)) (i32.const 1)) (call $reply))
  (func (export "canister_query get") (call $answer (call $last)))
  (func (export "canister_query stream") (call $answer (call $last)))
  (func (export "canister_query http_request") (call $answer (i32.const 0)))
  (func (export "canister_update http_request_update") (call $keep (i32.const 2) (i32.const 0)) (call $answer (i32.const 1)))
  (func (export "canister_update certify") (call $copy (i32.const 0) (i32.const 0) (call $size))
    (call $certify (i32.const 0) (call $size)) (call $reply))
  (func (export "canister_query certificate") (call $certificate_copy (i32.const 0) (i32.const 0) (call $certificate_size))
    (call $append (i32.const 0) (call $certificate_size)) (call $reply)))`);

const { Bool, Func, Nat8, Nat16, Opt, Record, Text, Tuple, Variant, Vec } = IDL;
const Token = Record({ key: Text, slot: Nat8 });
const Response = Record({
  status_code: Nat16,
  headers: Vec(Tuple(Text, Text)),
  body: Vec(Nat8),
  upgrade: Opt(Bool),
  streaming_strategy: Opt(Variant({ Callback: Record({ callback: Func([Token], [], ['query']), token: Token }) })),
});
const Chunk = Record({ body: Vec(Nat8), token: Opt(Token) });

export interface PlainResponse {
  status?: number;
  headers?: [string, string][];
  body?: string;
  upgrade?: boolean;
  /** The callback and the number of the answer that is the next part. */
  stream?: { callback: [Principal, string]; slot: number };
}

const token = (slot: number) => ({ key: 'a key', slot });

export function encodeResponse({ status = 200, headers = [], body = '', upgrade, stream }: PlainResponse): Uint8Array {
  const streaming = stream && { Callback: { callback: stream.callback, token: token(stream.slot) } };
  return IDL.encode(
    [Response],
    [
      {
        status_code: status,
        headers,
        body: new TextEncoder().encode(body),
        upgrade: upgrade === undefined ? [] : [upgrade],
        streaming_strategy: streaming ? [streaming] : [],
      },
    ],
  );
}

/** A part of a streamed body; `next` is the number of the answer that is the part after it. */
export function encodeChunk(body: string, next?: number): Uint8Array {
  const rest = next === undefined ? [] : [token(next)];
  return IDL.encode([Chunk], [{ body: new TextEncoder().encode(body), token: rest }]);
}

/** A canister of slots on a network. */
export class Slots {
  readonly id: Principal;
  private readonly network: Network;

  private constructor(network: Network) {
    this.network = network;
    this.id = network.createCanister();
  }

  static async create(network: Network): Promise<Slots> {
    const canister = new Slots(network);
    await network.install(canister.id, slots);
    return canister;
  }

  private async update(methodName: string, arg: Uint8Array): Promise<void> {
    const { url, clock } = this.network;
    const answer = await send(url, this.id, newCall(this.id, methodName, arg, clock.now()));
    if (!Buffer.from(answer).includes('replied')) throw new Error(`${methodName} was rejected`);
  }

  private async query(methodName: string, arg = new Uint8Array()): Promise<Uint8Array> {
    const answer = await this.network.agent().query(this.id, { methodName, arg });
    if (answer.status !== 'replied') throw new Error(answer.reject_message);
    return answer.reply.arg;
  }

  set(slot: number, answer: Uint8Array): Promise<void> {
    return this.update('set', Buffer.concat([Uint8Array.of(slot), answer]));
  }

  get(slot: number): Promise<Uint8Array> {
    return this.query('get', Uint8Array.of(slot));
  }

  /** Certifies a tree; the header's first two fields. */
  private async certify(tree: LabelledTree): Promise<string> {
    const hashed = hashTree(tree);
    await this.update('certify', rootHash(hashed));
    const certificate = Buffer.from(await this.query('certificate')).toString('base64');
    return `certificate=:${certificate}:, tree=:${Buffer.from(encodeCbor(hashed)).toString('base64')}:`;
  }

  /** Answers http_request with a response that is certified by version 1: the body of one path. */
  async setCertified1(path: string, response: PlainResponse): Promise<void> {
    const hash = createHash('sha256')
      .update(response.body ?? '')
      .digest();
    const header = await this.certify(new Map([['http_assets', new Map([[path, hash]])]]));
    await this.set(
      0,
      encodeResponse({ ...response, headers: [...(response.headers ?? []), ['IC-Certificate', header]] }),
    );
  }

  /**
   * Answers http_request with a response that is certified by version 2 for one path: the body (`bodyOf` unless it is the
   * response's own), status and the headers whose names are given. Without names, certified is that nothing is.
   */
  async setCertified2(
    path: string[],
    response: PlainResponse,
    { certified, bodyOf = response.body }: { certified?: string[]; bodyOf?: string | undefined } = {},
  ): Promise<void> {
    const { headers = [], status = 200 } = response;
    const expression =
      certified === undefined
        ? 'default_certification(ValidationArgs{no_certification:Empty{}})'
        : `default_certification(ValidationArgs{certification:Certification{no_request_certification:Empty{},response_certification:ResponseCertification{certified_response_headers:ResponseHeaderList{headers:[${certified.map((name) => `"${name}"`).join(',')}]}}}})`;
    const all: [string, string][] = [...headers, ['IC-CertificateExpression', expression]];
    let leaf: LabelledTree = new Uint8Array();
    if (certified !== undefined) {
      const covered = all.filter(([name]) => [...certified, 'IC-CertificateExpression'].includes(name));
      const fields = Object.fromEntries(covered.map(([name, value]) => [name.toLowerCase(), value]));
      const hash = sha256(hashOfMap({ ...fields, ':ic-cert-status': status }), sha256(bodyOf ?? ''));
      leaf = new Map([['', new Map([[hash, new Uint8Array()]])]]);
    }
    const labels = ['http_expr', ...path];
    let tree: LabelledTree = new Map([[sha256(expression), leaf]]);
    for (const label of labels.toReversed()) tree = new Map([[label, tree]]);
    const fields = await this.certify(tree);
    const header = `${fields}, version=2, expr_path=:${Buffer.from(encodeCbor(labels)).toString('base64')}:`;
    await this.set(0, encodeResponse({ ...response, headers: [...all, ['IC-Certificate', header]] }));
  }
}
