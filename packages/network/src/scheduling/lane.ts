/**
 * The order of a canister's work. Messages run one after the other. A query runs between them if none is running or
 * waiting; otherwise a reader, a thread that sees the state after the last message, answers it
 * (execution/committed.ts). So no query waits for a message, and a message waits for one query at most.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CanisterProcess, QueryProcess } from '../execution/process.js';

/** A message that ends sooner is waited for before a reader is made, in milliseconds. */
const patience = 10;

export class Lane {
  private tail: Promise<unknown> = Promise.resolve();
  /** Messages that run or wait. */
  private messages = 0;
  private readerTail: Promise<unknown> = Promise.resolve();
  /** The query in the reader: the state that it reads must stay until it has ended. */
  private looking: Promise<unknown> | undefined;

  /** Does some work when all that was asked before has been done; `after` belongs to it. */
  private next<T>(work: () => Promise<T>, after: () => Promise<unknown>): Promise<T> {
    const begin = () => Promise.resolve(this.looking).then(work, work);
    const result = this.tail.then(begin, begin);
    this.tail = result.then(after, after);
    return result;
  }

  /** A message, or other work that may change the canister. */
  message<T>(work: () => Promise<T>, after: () => Promise<unknown>): Promise<T> {
    this.messages++;
    return this.next(work, async () => {
      this.messages--;
      await after();
    });
  }

  /** A query: `work` receives the process to run it in. `main` is the process of the messages. */
  async query<T>(main: () => Promise<CanisterProcess>, work: (seat: QueryProcess) => Promise<T>): Promise<T> {
    const between = () => this.next(async () => work(await main()), nothing);
    if (this.messages === 0) return between();
    const process = await main();
    if (process.reader === undefined) return between();
    if (!process.hasReader) await Promise.race([this.tail, sleep(patience, undefined, { ref: false })]);
    if (this.messages === 0) return between();
    const read = async () => {
      const reader = process.reader!();
      if (reader === undefined) return undefined;
      const answer = work(reader).then((value) => ({ value }));
      this.looking = answer.catch(nothing);
      try {
        return await answer;
      } finally {
        this.looking = undefined;
      }
    };
    const result = this.readerTail.then(read);
    this.readerTail = result.catch(nothing);
    const answer = await result;
    return answer === undefined ? between() : answer.value;
  }
}

async function nothing(): Promise<void> {}
