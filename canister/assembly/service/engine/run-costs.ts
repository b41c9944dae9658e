/** The costs of runs since the model was loaded, for model_info. */
import { RunCost } from '../../ic/candid/service.generated';
import { caller } from '../../ic/message';
import { instructions } from '../../ic/performance';
import { Principal } from '../../ic/principal';
import { mayInspect } from '../access/access';

/**
 * Cycles for executing a message, in addition to one per instruction (developer-docs: references/cycle-costs, 13
 * nodes).
 */
export const MESSAGE_CYCLES: u64 = 5_000_000;

let last: RunCost | null = null;
let lastCaller: Principal | null = null;
export let perPromptToken: u64 = 0;
export let perGeneratedToken: u64 = 0;

/** Of all runs since the program was installed. */
export let totalRuns: u64 = 0;
export let totalInstructions: u64 = 0;
export let totalIngested: u64 = 0;
export let totalGenerated: u64 = 0;

/** What a run did, and the instructions that each kind of its tokens took. */
export class RunWork {
  /** Tokens of the history that were evaluated. */
  ingested: i32 = 0;
  /** Generated tokens that were evaluated. */
  evaluated: i32 = 0;
  ingestInstructions: u64 = 0;
  generateInstructions: u64 = 0;
}

/** Records the cost of the run of this message so far, and returns it. */
export function noteRun(work: RunWork, seed: u32): RunCost {
  const cost = new RunCost();
  cost.instructions = instructions();
  cost.cycles = MESSAGE_CYCLES + cost.instructions;
  cost.n_prompt_tokens_decoded = work.ingested;
  cost.n_tokens_generated = work.evaluated;
  cost.seed = seed;
  totalRuns += 1;
  totalInstructions += cost.instructions;
  totalIngested += cost.n_prompt_tokens_decoded;
  totalGenerated += cost.n_tokens_generated;
  last = cost;
  lastCaller = caller();
  notePace(work);
  return cost;
}

/** Records a part of a generation that the canister drives itself. */
export function noteWork(work: RunWork): void {
  totalInstructions += work.ingestInstructions + work.generateInstructions;
  totalIngested += work.ingested;
  totalGenerated += work.evaluated;
  notePace(work);
}

function notePace(work: RunWork): void {
  if (work.ingested > 0) perPromptToken = work.ingestInstructions / <u64>work.ingested;
  if (work.evaluated > 0) perGeneratedToken = work.generateInstructions / <u64>work.evaluated;
}

/** The cost of the last run, for its caller and for administrators; null for others. */
export function lastRun(): RunCost | null {
  const who = lastCaller;
  return who !== null && (who.equals(caller()) || mayInspect()) ? last : null;
}

/** Forgets what another model's runs have cost. */
export function forgetRuns(): void {
  last = null;
  lastCaller = null;
  perPromptToken = 0;
  perGeneratedToken = 0;
}
