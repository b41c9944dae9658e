/**
 * Balances, allowances and transactions of one token: the substance of the ICRC-1 and ICRC-2 standards, without any
 * interface to it. Everything is saved for the network's next process.
 */
import { Principal } from '@icp-sdk/core/principal';
import { hashOfMap } from '../protocol/request-id.js';
import type { NetworkState } from '../state/network-state.js';
import { type Account, subaccountOf } from './accounts.js';

/** The key of a balance. */
export type AccountKey = string;

export interface Allowance {
  amount: bigint;
  /** Nanoseconds; undefined: it does not expire. */
  expiresAt: bigint | undefined;
}

export interface Block {
  operation: 'mint' | 'burn' | 'transfer' | 'approve';
  from: AccountKey | undefined;
  to: AccountKey | undefined;
  /** The account that spends, or may spend, another's allowance. */
  spender?: AccountKey;
  amount: bigint;
  /** Absent in the files of earlier versions. */
  fee?: bigint;
  memo: bigint | undefined;
  time: bigint;
}

export interface TokenOptions {
  name: string;
  fee: bigint;
  keyOf: (account: Account) => AccountKey;
  /** The balance of a user who has never used the ledger; canisters have nothing. */
  endowment: (owner: Principal) => bigint;
}

/** A transaction is refused; the fields are those of the ICRC-1 error variants. */
export class LedgerError extends Error {
  readonly variant: Record<string, unknown>;
  constructor(variant: Record<string, unknown>) {
    super(Object.keys(variant)[0]);
    this.variant = variant;
  }
}

/** Accounts that are remembered by name. */
const maxKnown = 100_000;

/** An ordinary user; nobody has the key. */
const somebody = Principal.selfAuthenticating(new Uint8Array(32));

/** Transactions are told apart by when they were made for this long, and may come from clocks that run ahead by so much. */
const window = 24n * 3600n * 1_000_000_000n;
const drift = 60n * 1_000_000_000n;

export class TokenLedger {
  readonly fee: bigint;
  private readonly state: NetworkState;
  private readonly options: TokenOptions;
  private readonly prefix: string;
  private readonly balances = new Map<AccountKey, bigint>();
  /** Accounts whose balance already includes their owner's endowment. */
  private readonly endowed = new Set<AccountKey>();
  private readonly allowances = new Map<string, Allowance>();
  private readonly blocks: Block[] = [];
  /** Accounts that somebody has named, by their key. */
  private readonly known = new Map<AccountKey, Account>();
  private readonly recent = new Map<string, { block: bigint; at: bigint; result: unknown }>();

  constructor(state: NetworkState, options: TokenOptions) {
    this.state = state;
    this.options = options;
    this.fee = options.fee;
    this.prefix = `ledger/${options.name}`;
    const restore = <T>(part: string, into: (key: string, value: T) => void) => {
      for (const [key, value] of state.store.restored(`${this.prefix}/${part}/`)) into(key, value as T);
    };
    restore<bigint>('balance', (key, value) => this.balances.set(key, value));
    restore<true>('endowed', (key) => this.endowed.add(key));
    restore<Allowance>('allowance', (key, value) => this.allowances.set(key, value));
    restore<Block>('block', (key, value) => {
      this.blocks[Number(key)] = value;
    });
    restore<{ block: bigint; at: bigint; result: unknown }>('recent', (key, value) => this.recent.set(key, value));
  }

  get totalSupply(): bigint {
    return [...this.balances.values()].reduce((sum, balance) => sum + balance, 0n);
  }

  key(account: Account): AccountKey {
    const key = this.options.keyOf(account);
    if (!this.known.has(key)) {
      if (this.known.size >= maxKnown) this.known.delete(this.known.keys().next().value!);
      this.known.set(key, account);
    }
    return key;
  }

  /** The account of a key, if anybody has named it since this process began. */
  accountOf(key: AccountKey): Account | undefined {
    return this.known.get(key);
  }

  /** Blocks that there are. */
  get length(): number {
    return this.blocks.length;
  }

  block(index: bigint): Block | undefined {
    return this.blocks[Number(index)];
  }

  balanceOf(account: Account): bigint {
    const key = this.key(account);
    return this.balanceAt(key) + (this.endowed.has(key) ? 0n : this.endowmentOf(account));
  }

  private endowmentOf({ owner, subaccount }: Account): bigint {
    return subaccountOf(subaccount).every((byte) => byte === 0) ? this.options.endowment(owner) : 0n;
  }

  private balanceAt(key: AccountKey): bigint {
    return this.balances.get(key) ?? 0n;
  }

  /**
   * The balance of an account of which only the key is known. It agrees with balanceOf: accounts that have been named
   * are known by name, and a key without a name belongs to a user who has not come yet.
   */
  balanceOfKey(key: AccountKey): bigint {
    const account = this.known.get(key);
    if (account !== undefined) return this.balanceOf(account);
    return this.balanceAt(key) + (this.endowed.has(key) ? 0n : this.options.endowment(somebody));
  }

  private setBalance(key: AccountKey, balance: bigint): void {
    this.balances.set(key, balance);
    this.state.keep(`${this.prefix}/balance/${key}`, () => this.balances.get(key));
  }

  /** A user's endowment is theirs from the moment that the account is used. */
  private use(account: Account): AccountKey {
    const key = this.key(account);
    if (this.endowed.has(key)) return key;
    this.setBalance(key, this.balanceOf(account));
    this.endowed.add(key);
    this.state.keep(`${this.prefix}/endowed/${key}`, () => true);
    return key;
  }

  private credit(key: AccountKey, amount: bigint): void {
    this.setBalance(key, this.balanceAt(key) + amount);
  }

  private addBlock(block: Block): bigint {
    const index = BigInt(this.blocks.push(block) - 1);
    this.state.keep(`${this.prefix}/block/${index}`, () => block);
    return index;
  }

  /**
   * Refuses transactions that are too early, too late or repeated; `what` tells transactions apart. Returns a function
   * that records the transaction after it has been made. Throws LedgerError.
   */
  once(
    createdAt: bigint | undefined,
    time: bigint,
    what: Record<string, string | bigint | Uint8Array | undefined>,
  ): (block: bigint, result?: unknown) => void {
    if (createdAt === undefined) return () => {};
    if (createdAt + window + drift < time) throw new LedgerError({ TooOld: null });
    if (createdAt > time + drift) throw new LedgerError({ CreatedInFuture: { ledger_time: time } });
    for (const [key, { at }] of this.recent) {
      if (at + window + drift >= time) break;
      this.recent.delete(key);
      this.state.store.drop(`${this.prefix}/recent/${key}`);
    }
    const key = Buffer.from(hashOfMap({ ...what, createdAt })).toString('hex');
    const known = this.recent.get(key);
    if (known !== undefined) throw new LedgerError({ Duplicate: { duplicate_of: known.block, result: known.result } });
    return (block, result) => {
      this.recent.set(key, { block, at: createdAt, result });
      this.state.keep(`${this.prefix}/recent/${key}`, () => this.recent.get(key));
    };
  }

  checkFee(fee: bigint | undefined): void {
    if (fee !== undefined && fee !== this.fee) throw new LedgerError({ BadFee: { expected_fee: this.fee } });
  }

  /** Takes from an account. Throws LedgerError. */
  debit(from: Account, amount: bigint): AccountKey {
    const balance = this.balanceOf(from);
    if (balance < amount) throw new LedgerError({ InsufficientFunds: { balance } });
    const key = this.use(from);
    this.setBalance(key, balance - amount);
    return key;
  }

  /** Moves tokens; the fee is burned. Throws LedgerError. */
  transfer(
    from: Account,
    to: AccountKey | Account,
    amount: bigint,
    time: bigint,
    { memo, spender }: { memo?: bigint | undefined; spender?: Account | undefined } = {},
  ): bigint {
    const source = this.debit(from, amount + this.fee);
    const target = typeof to === 'string' ? to : this.use(to);
    this.credit(target, amount);
    const by = spender === undefined ? {} : { spender: this.key(spender) };
    return this.addBlock({ operation: 'transfer', from: source, to: target, amount, fee: this.fee, memo, time, ...by });
  }

  mint(to: Account, amount: bigint, time: bigint): bigint {
    const key = this.use(to);
    this.credit(key, amount);
    return this.addBlock({ operation: 'mint', from: undefined, to: key, amount, memo: undefined, time });
  }

  /** Takes tokens out of the world, `fee` beyond `amount` too. Throws LedgerError. */
  burn(from: Account, amount: bigint, fee: bigint, time: bigint): bigint {
    const key = this.debit(from, amount + fee);
    return this.addBlock({ operation: 'burn', from: key, to: undefined, amount, fee, memo: undefined, time });
  }

  private allowanceKey(from: Account, spender: Account): string {
    return `${this.key(from)}/${this.key(spender)}`;
  }

  allowance(from: Account, spender: Account, time: bigint): Allowance {
    const allowance = this.allowances.get(this.allowanceKey(from, spender));
    const expired = allowance?.expiresAt !== undefined && allowance.expiresAt <= time;
    return allowance === undefined || expired ? { amount: 0n, expiresAt: undefined } : allowance;
  }

  private setAllowance(from: Account, spender: Account, allowance: Allowance): void {
    const key = this.allowanceKey(from, spender);
    this.allowances.set(key, allowance);
    this.state.keep(`${this.prefix}/allowance/${key}`, () => this.allowances.get(key));
  }

  /** Throws LedgerError. */
  approve(from: Account, spender: Account, allowance: Allowance, expected: bigint | undefined, time: bigint): bigint {
    const current = this.allowance(from, spender, time).amount;
    if (expected !== undefined && expected !== current) {
      throw new LedgerError({ AllowanceChanged: { current_allowance: current } });
    }
    if (allowance.expiresAt !== undefined && allowance.expiresAt <= time) {
      throw new LedgerError({ Expired: { ledger_time: time } });
    }
    const key = this.debit(from, this.fee);
    this.setAllowance(from, spender, allowance);
    const { amount } = allowance;
    const by = { spender: this.key(spender) };
    return this.addBlock({
      operation: 'approve',
      from: key,
      to: undefined,
      amount,
      fee: this.fee,
      memo: undefined,
      time,
      ...by,
    });
  }

  /** Checks that a spender may take an amount; returns a function that records the spending. Throws LedgerError. */
  spend(from: Account, spender: Account, amount: bigint, time: bigint): () => void {
    if (this.key(from) === this.key(spender)) return () => {};
    const { amount: allowance, expiresAt } = this.allowance(from, spender, time);
    if (allowance < amount) throw new LedgerError({ InsufficientAllowance: { allowance } });
    return () => this.setAllowance(from, spender, { amount: allowance - amount, expiresAt });
  }
}
