/** A canister that samples from the logits of its argument and replies the cost of a token, for bench/sampling.ts. */
import { msg_arg_data_copy, msg_arg_data_size, msg_reply, msg_reply_data_append, performance_counter } from '../ic/ic0';
import { Boundary } from '../llm/sampling/boundary';
import { Candidates } from '../llm/sampling/candidates';
import { allocate } from '../memory/heap';
import { SamplerChain } from '../llm/sampling/chain';
import { kthGreatest } from '../llm/sampling/kth-greatest';
import { MIN_P } from '../llm/sampling/min-p';
import { SamplingParameters } from '../llm/sampling/parameters';
import { REPEAT_PENALTY } from '../llm/sampling/penalties';
import { Random } from '../llm/sampling/random';
import { DYNAMIC_RANGE, TEMPERATURE } from '../llm/sampling/temperature';
import { TOP_K } from '../llm/sampling/top-k';
import { TOP_N_SIGMA } from '../llm/sampling/top-n-sigma';
import { TOP_P } from '../llm/sampling/top-p';
import { TYPICAL_P } from '../llm/sampling/typical-p';
import { XTC_PROBABILITY, XTC_THRESHOLD } from '../llm/sampling/xtc';

export function abort(_message: usize, _file: usize, _line: u32, _column: u32): void {
  unreachable();
}

/** Number of sampled tokens, each at a position of its own. */
const DRAWS: u32 = 32;
/** Bytes before the logits: [ f64 ] * 10 */
const HEADER: usize = 80;
const history: usize = allocate((<usize>(DRAWS + 1)) << 2);
const words: usize = memory.data(24, 8);
const candidates = new Candidates();
const boundary = new Boundary();
const random = new Random();

/**
 * Argument: temperature, top-k, top-p, min-p, typical-p, top-n-sigma, the probability and the threshold of xtc, the
 * range of the temperature and the repeat penalty as f64, then the logits as f32. Reply: the mean and the most of the
 * instructions of a token, without a first one that pays for the pages, and the chain's own upper bound, as f64.
 */
export function canister_update_sample(): void {
  const bytes = msg_arg_data_size();
  const at = allocate(bytes);
  msg_arg_data_copy(at, 0, bytes);
  const parameters = new SamplingParameters();
  const given = [
    TEMPERATURE,
    TOP_K,
    TOP_P,
    MIN_P,
    TYPICAL_P,
    TOP_N_SIGMA,
    XTC_PROBABILITY,
    XTC_THRESHOLD,
    DYNAMIC_RANGE,
    REPEAT_PENALTY,
  ];
  for (let i = 0; i < given.length; ++i) parameters.set(given[i], load<f64>(at + ((<usize>i) << 3)));
  const chain = new SamplerChain(parameters);
  const size = <u32>((bytes - HEADER) >> 2);
  chain.sample(at + HEADER, size, history, 0);
  const begin = performance_counter(0);
  let most: u64 = 0;
  for (let position: u32 = 1; position <= DRAWS; ++position) {
    const before = performance_counter(0);
    chain.sample(at + HEADER, size, history, position);
    most = max(most, performance_counter(0) - before);
  }
  store<f64>(words, <f64>(performance_counter(0) - begin) / <f64>DRAWS);
  store<f64>(words, <f64>most, 8);
  store<f64>(words, <f64>chain.cost(size, DRAWS), 16);
  msg_reply_data_append(words, 24);
  msg_reply();
}

/**
 * The same work without peaks of sixteens and without bounds of weights, for comparison. Argument: logits as f32.
 * Reply: instructions of finding the 40th greatest by a radix select over all logits, of finding the end of the nucleus
 * of 0.95 by a select over weights, and of a draw from a list of all with their weights, as f64.
 */
export function canister_update_plainly(): void {
  const bytes = msg_arg_data_size();
  const at = allocate(bytes);
  msg_arg_data_copy(at, 0, bytes);
  const size = <u32>(bytes >> 2);
  // The second time has no page charges.
  for (let time = 0; time < 2; ++time) {
    candidates.begin(at, size, 0);
    const greatest = candidates.greatest();
    const first = performance_counter(0);
    kthGreatest(at, size, 40);
    const second = performance_counter(0);
    boundary.find(candidates.logits, greatest, 1, -Infinity, 0.95);
    const third = performance_counter(0);
    candidates.toList();
    candidates.draw(random);
    store<f64>(words, <f64>(second - first));
    store<f64>(words, <f64>(third - second), 8);
    store<f64>(words, <f64>(performance_counter(0) - third), 16);
  }
  msg_reply_data_append(words, 24);
  msg_reply();
}
