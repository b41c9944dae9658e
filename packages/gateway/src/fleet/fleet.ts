// Several canisters as one backend. They may have different models, which are told apart by name, or copies of the same
// one.
import { createHash } from 'node:crypto';
import type { Answering, Ask, Backend, Decision, DecisionQuestion, Delta, Model, TokenizeOptions } from '../backend.js';
import { refusalOf } from '../failures.js';
import { Refusal } from '../refusal.js';
import { Member, type MemberState } from './member.js';

/**
 * How many more answers a canister may have waiting than the least busy one, if it knows the beginning of a
 * conversation.
 */
const WORTH_WAITING = 2;

/**
 * A pseudo-random number for a text and a member. The member with the highest one owns the text (rendezvous hashing),
 * so that texts stay where they are when other members are added or removed.
 */
const weight = (text: string, { id }: Member): string => createHash('sha256').update(`${text}\n${id}`).digest('hex');

function owner(text: string, members: readonly Member[]): Member {
  return members.reduce((best, each) => (weight(text, each) > weight(text, best) ? each : best));
}

const leastBusy = (members: readonly Member[]): Member =>
  members.reduce((best, each) =>
    each.queue < best.queue || (each.queue === best.queue && each.lastUsed < best.lastUsed) ? each : best,
  );

/** Which canister has which session, for the sessions that were used last. */
class Sessions {
  static readonly most = 10_000;
  readonly #members = new Map<string, Member>();

  member(session: string): Member | undefined {
    return this.#members.get(session);
  }

  keep(session: string, member: Member): void {
    this.#members.delete(session);
    this.#members.set(session, member);
    for (const oldest of this.#members.keys()) {
      if (this.#members.size <= Sessions.most) break;
      this.#members.delete(oldest);
    }
  }
}

export class Fleet implements Backend {
  readonly #members: Member[];
  readonly #sessions = new Sessions();

  /** @param backends  the backends by the ids of their canisters */
  constructor(backends: ReadonlyMap<string, Backend>) {
    this.#members = [...backends].map(([id, backend]) => new Member(id, backend));
  }

  members(): MemberState[] {
    return this.#members.map(({ state }) => state);
  }

  /** The models of the canisters that answer; the same model in several canisters is listed once. */
  async models(): Promise<Model[]> {
    await this.#look();
    const byName = new Map<string, Model[]>();
    for (const { up, models } of this.#members) {
      for (const model of up ? models : []) byName.set(model.id, [...(byName.get(model.id) ?? []), model]);
    }
    if (byName.size === 0)
      throw new Refusal('unreachable', this.#reasons(this.#members), {
        retryAfter: 5,
      });
    return [...byName.values()].map((copies) => {
      const best = copies.find(({ ready }) => ready) ?? copies[0]!;
      const canister = copies.flatMap(({ facts }) => facts?.canister ?? []).join(' ');
      return { ...best, facts: best.facts && { ...best.facts, canister } };
    });
  }

  async start(ask: Ask, signal: AbortSignal): Promise<Answering> {
    if (ask.session !== undefined) return this.#withSession(ask, ask.session, signal);
    return this.#ask(
      ask.model,
      signal,
      (member) => member.start(ask, signal),
      (able) => this.#choose(ask, able),
    );
  }

  /** Asks one canister after another until one answers. */
  async #ask<T>(
    model: string,
    signal: AbortSignal,
    ask: (member: Member) => Promise<T>,
    choose = leastBusy,
  ): Promise<T> {
    await this.#look();
    const tried = new Set<Member>();
    let last: Refusal | undefined;
    for (;;) {
      const left = this.#able(model).filter((member) => !tried.has(member));
      if (left.length === 0) throw last ?? this.#none(model);
      const member = choose(left);
      tried.add(member);
      try {
        return await ask(member);
      } catch (error) {
        last = refusalOf(error);
        // Other canisters would refuse a request that is wrong, too.
        if (signal.aborted || !['unreachable', 'unavailable', 'limited'].includes(last.kind)) throw error;
        if (last.kind === 'unreachable' || last.code !== 'busy') member.leave(error);
      }
    }
  }

  /** A session is in one canister only, so no other can take its place while that one does not answer. */
  async #withSession(ask: Ask, session: string, signal: AbortSignal): Promise<Answering> {
    await this.#look();
    const having = this.#members.filter(({ models }) => models.some(({ id }) => id === ask.model));
    if (having.length === 0) throw this.#none(ask.model);
    const member = await this.#memberOf(session, having, signal);
    if (member.up) {
      const answering = await member.start(ask, signal);
      this.#sessions.keep(session, member);
      return answering;
    }
    throw new Refusal('unavailable', `the session is in a canister that does not answer: ${this.#reasons([member])}`, {
      retryAfter: 5,
    });
  }

  async attach(reference: string, signal: AbortSignal): Promise<AsyncIterable<Delta>> {
    const member = this.#members.find(({ id }) => reference.startsWith(`${id}/`));
    if (member?.backend.attach) return member.backend.attach(reference, signal);
    throw new Refusal('not-found', 'the canister of this answer is no longer a member of the fleet');
  }

  /**
   * The member that has a session: the one that is remembered, or one that says so, or else the one that owns its name.
   * So sessions stay where they are when members are added and when the gateway restarts.
   */
  async #memberOf(session: string, having: readonly Member[], signal: AbortSignal): Promise<Member> {
    const known = this.#sessions.member(session);
    if (known !== undefined && having.includes(known)) return known;
    const asked = having.filter(({ up }) => up).map((member) => member.hasSession(session, signal));
    const found = (await Promise.all(asked)).filter((member) => member !== undefined);
    return owner(session, found.length > 0 ? found : having);
  }

  #choose(ask: Ask, members: readonly Member[]): Member {
    const free = leastBusy(members);
    if (ask.affinity === undefined) return free;
    const knowing = owner(ask.affinity, members);
    return knowing.queue <= free.queue + WORTH_WAITING ? knowing : free;
  }

  async count(ask: Ask, signal: AbortSignal): Promise<number> {
    return this.#ask(ask.model, signal, (member) => member.backend.count(ask, signal));
  }

  async decide(
    model: string,
    state: string,
    questions: readonly DecisionQuestion[],
    signal: AbortSignal,
  ): Promise<Decision> {
    return this.#ask(model, signal, (member) =>
      member.during(() => member.backend.decide(model, state, questions, signal)),
    );
  }

  async tokenize(model: string, text: string, how: TokenizeOptions, signal: AbortSignal): Promise<number[]> {
    return this.#ask(model, signal, (member) => member.backend.tokenize(model, text, how, signal));
  }

  async detokenize(model: string, tokens: readonly number[], signal: AbortSignal): Promise<string> {
    return this.#ask(model, signal, (member) => member.backend.detokenize(model, tokens, signal));
  }

  async render(ask: Ask, signal: AbortSignal): Promise<string> {
    return this.#ask(ask.model, signal, (member) => member.backend.render(ask, signal));
  }

  /** The members that answer and have the model ready. */
  #able(model: string): Member[] {
    return this.#members.filter(({ up, models }) => up && models.some(({ id, ready }) => ready && id === model));
  }

  #none(model: string): Refusal {
    const having = this.#members.filter(({ models }) => models.some(({ id }) => id === model));
    const notReady = having.filter(({ up }) => up).flatMap(({ models }) => models.map(({ reason }) => reason));
    const why = notReady.find((reason) => reason !== '') ?? this.#reasons(having);
    return new Refusal('unavailable', `no canister can answer for "${model}": ${why}`, { retryAfter: 5 });
  }

  #reasons(members: readonly Member[]): string {
    return members
      .filter(({ up }) => !up)
      .map(({ id, reason }) => `${id}: ${reason}`)
      .join('; ');
  }

  /** Waits for reports only if no member is known to answer. */
  async #look(): Promise<void> {
    const looks = this.#members.map((member) => member.look());
    await (this.#members.some(({ up }) => up)
      ? Promise.race([Promise.all(looks), Promise.resolve()])
      : Promise.all(looks));
  }
}
