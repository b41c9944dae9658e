/**
 * The log of a ledger in the form of ICRC-3 (dfinity/ICRC-1, standard ICRC-3): blocks as generic values, none of them
 * archived.
 */
import { IDL } from '@icp-sdk/core/candid';
import { leb128, sha256 } from '../protocol/request-id.js';
import { type Account, subaccountOf } from './accounts.js';
import { type BuiltInMethod, query } from './built-in.js';
import type { AccountKey, Block, TokenLedger } from './token-ledger.js';

const { Nat, Opt, Record, Text, Vec } = IDL;

/** The most blocks of one answer. */
const maxBlocks = 2000;

type Value =
  | { Blob: Uint8Array }
  | { Text: string }
  | { Nat: bigint }
  | { Array: Value[] }
  | { Map: [string, Value][] };

const ValueType = IDL.Rec();
ValueType.fill(
  IDL.Variant({
    Blob: Vec(IDL.Nat8),
    Text,
    Nat,
    Int: IDL.Int,
    Array: Vec(ValueType),
    Map: Vec(IDL.Tuple(Text, ValueType)),
  }),
);

const blockTypes = { mint: '1mint', burn: '1burn', transfer: '1xfer', approve: '2approve' } as const;

/** The representation-independent hash of a value (ICRC-3, "Generic block schema"). */
function hashOf(value: Value): Uint8Array {
  if ('Blob' in value) return sha256(value.Blob);
  if ('Text' in value) return sha256(Buffer.from(value.Text));
  if ('Nat' in value) return sha256(leb128(value.Nat));
  if ('Array' in value) return sha256(Buffer.concat(value.Array.map(hashOf)));
  const pairs = value.Map.map(([key, each]) => Buffer.concat([sha256(Buffer.from(key)), hashOf(each)]));
  return sha256(Buffer.concat(pairs.sort(Buffer.compare)));
}

function accountValue({ owner, subaccount }: Account): Value {
  const bytes = subaccountOf(subaccount);
  const named = bytes.some((byte) => byte !== 0);
  return { Array: [{ Blob: owner.toUint8Array() }, ...(named ? [{ Blob: bytes }] : [])] };
}

/** Blocks as values, each with the hash of the one before. */
class BlockLog {
  private readonly ledger: TokenLedger;
  private readonly values: Value[] = [];
  private readonly hashes: Uint8Array[] = [];

  constructor(ledger: TokenLedger) {
    this.ledger = ledger;
  }

  /** The account of a key, or its identifier if only that is known. */
  private party(name: string, key: AccountKey | undefined): [string, Value][] {
    if (key === undefined) return [];
    const account = this.ledger.accountOf(key);
    return [[name, account === undefined ? { Array: [{ Blob: Buffer.from(key, 'hex') }] } : accountValue(account)]];
  }

  private valueOf(
    { operation, from, to, spender, amount, fee, memo, time }: Block,
    parent: Uint8Array | undefined,
  ): Value {
    const transaction: [string, Value][] = [
      ['amt', { Nat: amount }],
      ...this.party('from', from),
      ...this.party('to', to),
      ...this.party('spender', spender),
      ...(memo === undefined ? [] : ([['memo', { Blob: leb128(memo) }]] as [string, Value][])),
    ];
    return {
      Map: [
        ...(parent === undefined ? [] : ([['phash', { Blob: parent }]] as [string, Value][])),
        ['btype', { Text: operation === 'transfer' && spender !== undefined ? '2xfer' : blockTypes[operation] }],
        ['ts', { Nat: time }],
        ...(fee === undefined || fee === 0n ? [] : ([['fee', { Nat: fee }]] as [string, Value][])),
        ['tx', { Map: transaction }],
      ],
    };
  }

  block(index: number): Value {
    for (let i = this.values.length; i <= index; i++) {
      const value = this.valueOf(this.ledger.block(BigInt(i))!, this.hashes[i - 1]);
      this.values.push(value);
      this.hashes.push(hashOf(value));
    }
    return this.values[index]!;
  }

  /** The hash of the block in front of one. */
  parentOf(index: number): Uint8Array | undefined {
    if (index === 0) return undefined;
    this.block(index - 1);
    return this.hashes[index - 1];
  }
}

export function icrc3Methods(ledger: TokenLedger): { methods: Record<string, BuiltInMethod>; log: BlockLog } {
  const log = new BlockLog(ledger);
  const Blocks = Vec(Record({ id: Nat, block: ValueType }));
  const Ranges = Vec(Record({ start: Nat, length: Nat }));
  const Archived = Vec(Record({ args: Ranges, callback: IDL.Func([Ranges], [Record({ blocks: Blocks })], ['query']) }));
  const methods = {
    icrc3_get_blocks: query(
      [Ranges],
      [Record({ log_length: Nat, blocks: Blocks, archived_blocks: Archived })],
      (_, ranges: { start: bigint; length: bigint }[]) => {
        const indices: number[] = [];
        for (const { start, length } of ranges) {
          const end = start + length < BigInt(ledger.length) ? Number(start + length) : ledger.length;
          for (let i = start < BigInt(end) ? Number(start) : end; i < end && indices.length < maxBlocks; i++)
            indices.push(i);
        }
        const blocks = indices.map((i) => ({ id: BigInt(i), block: log.block(i) }));
        return { log_length: BigInt(ledger.length), blocks, archived_blocks: [] };
      },
    ),
    icrc3_get_archives: query(
      [Record({ from: Opt(IDL.Principal) })],
      [Vec(Record({ canister_id: IDL.Principal, start: Nat, end: Nat }))],
      () => [],
    ),
    icrc3_get_tip_certificate: query(
      [],
      [Opt(Record({ certificate: Vec(IDL.Nat8), hash_tree: Vec(IDL.Nat8) }))],
      () => [],
    ),
    icrc3_supported_block_types: query([], [Vec(Record({ block_type: Text, url: Text }))], () =>
      [...Object.values(blockTypes), '2xfer'].map((block_type) => ({
        block_type,
        url: `https://github.com/dfinity/ICRC-1/tree/main/standards/ICRC-${block_type[0]}`,
      })),
    ),
  };
  return { methods, log };
}

export type { BlockLog };
