/**
 * Sequences evaluated for a caller's generations that are still in the heap, since the caller's next prompt often
 * begins in the same way. Nothing is shared between callers: the cost of a call would tell one what another has asked.
 */
import { Principal } from '../../ic/principal';
import { Sequence } from '../../llm/cache/sequence';
import { engine } from '../engine/loaded';
import { ModelFile } from '../models/model-file';
import { modelFile } from '../models/model';
import { Session } from '../sessions/session';

const MOST: i32 = 256;
const MOST_OF_CALLER: i32 = 8;


@final
class Own {
  constructor(
    readonly owner: Principal,
    /** Of the engine's sequence. */
    readonly id: u32,
  ) {}
}

/** Oldest first. */
let all: Own[] = [];
/** The model of these sequences; ids of another model's sequences may be the same. */
let model: ModelFile | null = null;

/** Removes those that were evicted. */
function tidy(): void {
  if (model !== modelFile()) all = [];
  model = modelFile();
  for (let i = all.length - 1; i >= 0; --i) if (engine.findSequence(all[i].id) === null) all.splice(i, 1);
}

/** Removes one from the list. If no file keeps its sequence, nobody else can find it, so it is closed. */
function drop(index: i32): void {
  const sequence = engine.findSequence(all[index].id);
  all.splice(index, 1);
  if (sequence !== null && Session.of(sequence).saved.index == 0) engine.closeSequence(sequence);
}

/** Lets a caller's later generations share a sequence. */
export function keepOwn(owner: Principal, sequence: Sequence): void {
  tidy();
  let own = 0;
  for (let i = all.length - 1; i >= 0; --i) {
    if (all[i].id == sequence.id) return;
    if (all[i].owner.equals(owner) && ++own >= MOST_OF_CALLER) drop(i);
  }
  if (all.length >= MOST) drop(0);
  all.push(new Own(owner, sequence.id));
}

/**
 * Gives a session without a history the longest prefix of `count` tokens, i32 at `tokens`, that was evaluated for its
 * owner.
 */
export function shareOwn(session: Session, owner: Principal, tokens: usize, count: i32): void {
  tidy();
  let longest = 0;
  let best: Sequence | null = null;
  for (let i = 0; i < all.length; ++i) {
    if (!all[i].owner.equals(owner)) continue;
    const other = engine.findSequence(all[i].id)!;
    const common = engine.evaluatedOf(other, tokens, count);
    if (common <= longest || other == session.sequence) continue;
    longest = common;
    best = other;
  }
  if (best === null) return;
  const sequence = session.sequence;
  engine.shareSequence(sequence, best, longest);
  session.state.length = sequence.length;
  session.state.reached = sequence.evaluated;
}
