/**
 * Records of users' calls: the state of each until some minutes after the call has expired, so that none is executed
 * twice. Answers are kept while there is room; of older ones only the fact that they were given is kept, as on main net
 * (interface specification, status `done`).
 */
import { Principal } from '@icp-sdk/core/principal';
import type { Answer } from './call-context.js';

type IngressStatus = { kind: 'processing' } | { kind: 'done' } | Answer;

export interface IngressRecord {
  /** The call's id in hex. */
  request: string;
  sender: Uint8Array;
  /** The canister that is called; empty for the management canister. */
  canister: Uint8Array;
  /** The canister in the URL of the request. */
  effectiveCanister: Principal;
  expiry: bigint;
  status: IngressStatus;
  /** Resolves when there is an answer. */
  finished: Promise<void>;
}

export type NewRecord = Omit<IngressRecord, 'finished'>;

/** Answers stay readable for this long after the call's expiry, in nanoseconds. */
const keptAfterExpiry = 300n * 1_000_000_000n;
/** Bytes that answers may have together. */
const maxAnswerBytes = 64 * 2 ** 20;
/** Number of names that all calls share instead of each having its own copy. */
const maxNames = 1000;

const hasFinished = Promise.resolve();

const answerBytes = (status: IngressStatus) =>
  status.kind === 'reply' ? status.data.length : status.kind === 'reject' ? status.message.length : 0;

export class IngressRecords {
  private readonly records = new Map<string, IngressRecord>();
  private readonly finishers = new Map<string, () => void>();
  /** Bytes of the answers that are remembered, oldest first. */
  private readonly answers = new Map<string, number>();
  private answerBytes = 0;
  private readonly names = new Map<string, { bytes: Uint8Array; principal: Principal }>();
  private readonly limit: number;

  constructor(limit = maxAnswerBytes) {
    this.limit = limit;
  }

  find(request: string): IngressRecord | undefined {
    return this.records.get(request);
  }

  private name(bytes: Uint8Array): { bytes: Uint8Array; principal: Principal } {
    const key = Buffer.from(bytes).toString('latin1');
    const known = this.names.get(key);
    if (known !== undefined) return known;
    if (this.names.size >= maxNames) this.names.clear();
    const own = Uint8Array.from(bytes);
    const name = { bytes: own, principal: Principal.fromUint8Array(own) };
    this.names.set(key, name);
    return name;
  }

  remember({ sender, canister, effectiveCanister, status, ...rest }: NewRecord): IngressRecord {
    const { request } = rest;
    const isWaiting = status.kind === 'processing';
    const finished = isWaiting ? new Promise<void>((resolve) => this.finishers.set(request, resolve)) : hasFinished;
    const record: IngressRecord = {
      ...rest,
      sender: this.name(sender).bytes,
      canister: this.name(canister).bytes,
      effectiveCanister: this.name(effectiveCanister.toUint8Array()).principal,
      status,
      finished,
    };
    this.records.set(request, record);
    this.count(record);
    return record;
  }

  private count({ request, status }: IngressRecord): void {
    const bytes = answerBytes(status);
    if (bytes === 0) return;
    this.answers.set(request, bytes);
    this.answerBytes += bytes;
  }

  private uncount(request: string): void {
    this.answerBytes -= this.answers.get(request) ?? 0;
    this.answers.delete(request);
  }

  /** A call has its answer. Returns the changed records: its own, and those whose answers had to make room. */
  answered(request: string, answer: Answer): IngressRecord[] {
    const record = this.records.get(request);
    if (record === undefined) return [];
    record.status = answer;
    record.finished = hasFinished;
    this.count(record);
    this.finishers.get(request)?.();
    this.finishers.delete(request);
    const changed = [record];
    for (const oldest of this.answers.keys()) {
      // The newest answer is kept for its waiting caller, however long it is.
      if (this.answerBytes <= this.limit || oldest === request) break;
      this.uncount(oldest);
      const older = this.records.get(oldest)!;
      older.status = { kind: 'done' };
      changed.push(older);
    }
    return changed;
  }

  /** Drops and returns the records that can no longer be asked about. */
  forget(now: bigint): string[] {
    const forgotten: string[] = [];
    for (const [request, { expiry, status }] of this.records) {
      if (expiry + keptAfterExpiry >= now) break;
      if (status.kind === 'processing') continue;
      this.records.delete(request);
      this.uncount(request);
      forgotten.push(request);
    }
    return forgotten;
  }
}
