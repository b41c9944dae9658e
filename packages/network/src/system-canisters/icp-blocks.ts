/** The ICP ledger's own way to tell its log: query_blocks and archives (dfinity/ic, rs/ledger_suite/icp/ledger.did). */
import { IDL } from '@icp-sdk/core/candid';
import { type BuiltInMethod, query } from './built-in.js';
import type { BlockLog } from './icrc3.js';
import type { Block, TokenLedger } from './token-ledger.js';

const { Int, Nat64, Opt, Record, Text, Variant, Vec } = IDL;
const Blob = Vec(IDL.Nat8);
const Tokens = Record({ e8s: Nat64 });
const TimeStamp = Record({ timestamp_nanos: Nat64 });
const Operation = Variant({
  Burn: Record({ from: Blob, spender: Opt(Blob), amount: Tokens }),
  Mint: Record({ to: Blob, amount: Tokens }),
  Transfer: Record({ from: Blob, to: Blob, amount: Tokens, fee: Tokens, spender: Opt(Blob) }),
  Approve: Record({
    from: Blob,
    spender: Blob,
    allowance_e8s: Int,
    allowance: Tokens,
    fee: Tokens,
    expires_at: Opt(TimeStamp),
    expected_allowance: Opt(Tokens),
  }),
});
const CandidBlock = Record({
  transaction: Record({
    memo: Nat64,
    icrc1_memo: Opt(Blob),
    operation: Opt(Operation),
    created_at_time: TimeStamp,
  }),
  timestamp: TimeStamp,
  parent_hash: Opt(Blob),
});
const Range = Record({ start: Nat64, length: Nat64 });
const ArchiveAnswer = Variant({
  Ok: Record({ blocks: Vec(CandidBlock) }),
  Err: Variant({
    BadFirstBlockIndex: Record({ requested_index: Nat64, first_valid_index: Nat64 }),
    Other: Record({ error_code: Nat64, error_message: Text }),
  }),
});

/** The most blocks of one answer. */
const maxBlocks = 2000;

const identifier = (key: string | undefined) => Uint8Array.from(Buffer.from(key ?? '', 'hex'));
const maximum = 2n ** 64n - 1n;

function operation({ operation: kind, from, to, spender, amount, fee = 0n }: Block) {
  const tokens = { e8s: amount < maximum ? amount : maximum };
  const by = spender === undefined ? [] : [identifier(spender)];
  switch (kind) {
    case 'mint':
      return { Mint: { to: identifier(to), amount: tokens } };
    case 'burn':
      return { Burn: { from: identifier(from), spender: by, amount: tokens } };
    case 'transfer':
      return {
        Transfer: { from: identifier(from), to: identifier(to), amount: tokens, fee: { e8s: fee }, spender: by },
      };
    case 'approve':
      return {
        Approve: {
          from: identifier(from),
          spender: identifier(spender),
          allowance_e8s: amount,
          allowance: tokens,
          fee: { e8s: fee },
          expires_at: [],
          expected_allowance: [],
        },
      };
  }
}

export function icpBlockMethods(ledger: TokenLedger, log: BlockLog): Record<string, BuiltInMethod> {
  const blockAt = (index: number) => {
    const block = ledger.block(BigInt(index))!;
    const parent = log.parentOf(index);
    return {
      transaction: {
        memo: block.memo ?? 0n,
        icrc1_memo: [],
        operation: [operation(block)],
        created_at_time: { timestamp_nanos: block.time },
      },
      timestamp: { timestamp_nanos: block.time },
      parent_hash: parent === undefined ? [] : [parent],
    };
  };
  return {
    query_blocks: query(
      [Range],
      [
        Record({
          chain_length: Nat64,
          certificate: Opt(Blob),
          blocks: Vec(CandidBlock),
          first_block_index: Nat64,
          archived_blocks: Vec(
            Record({ start: Nat64, length: Nat64, callback: IDL.Func([Range], [ArchiveAnswer], ['query']) }),
          ),
        }),
      ],
      (_, { start, length }: { start: bigint; length: bigint }) => {
        const first = start < BigInt(ledger.length) ? Number(start) : ledger.length;
        const wanted = length < BigInt(maxBlocks) ? Number(length) : maxBlocks;
        const count = Math.min(wanted, ledger.length - first);
        return {
          chain_length: BigInt(ledger.length),
          certificate: [],
          blocks: Array.from({ length: count }, (__, i) => blockAt(first + i)),
          first_block_index: BigInt(first),
          archived_blocks: [],
        };
      },
    ),
    archives: query([], [Record({ archives: Vec(Record({ canister_id: IDL.Principal })) })], () => ({ archives: [] })),
  };
}
