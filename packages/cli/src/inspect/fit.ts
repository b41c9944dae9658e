import { CHUNK_BYTES, FEES, modelCost } from '@llama-canister/client';
import type { CostAt, Survey } from './survey.js';

/** Instructions of an update call, and the reserve of a message of loading. */
export const UPDATE_CALL = 40_000_000_000;
const LOAD_RESERVE = 50_000_000;
/** Instructions of a message that makes a packed image. */
const IMAGE_STEP = UPDATE_CALL / 8;
/** Most bytes of stable memory that a message of loading reads. */
const LOAD_READ = 1900 * 2 ** 20;
/** Cycles per update message, including its arrival, besides one for each instruction. */
export const MESSAGE_CYCLES = Number(FEES.message + FEES.ingressMessage);

/** The resources that a canister needs to run a model; cycles are those of a subnet of 13 nodes. */
export interface Fit {
  runs: boolean;
  /** Why the model does not fit; empty if it does. */
  reason: string;
  /** Bytes of heap for weights, buffers, vocabulary and one full session; available bytes; bytes of stable memory. */
  heapBytes?: number;
  heapLimitBytes?: number;
  stableBytes: number;
  /** Of stable memory: of the packed image, which is made after loading. */
  imageBytes?: number;
  context?: number;
  loadInstructions?: number;
  loadMessages?: number;
  /** To make the packed image, and to load the model again from it, as after an upgrade. */
  imageInstructions?: number;
  reloadInstructions?: number;
  uploadCycles: bigint;
  loadCycles?: bigint;
  imageCycles?: bigint;
  reloadCycles?: bigint;
  /** By the position in the session. */
  costs: (CostAt & { cyclesPer1000Tokens: number })[];
}

function cyclesPer1000({ token, pages, tokensPerUpdate }: CostAt): number {
  const perCall = pages + MESSAGE_CYCLES;
  return Math.round(1000 * (token + perCall / Math.max(1, tokensPerUpdate)));
}

/** Converts the engine's survey into a canister's needs. */
export function fitOf(survey: Survey): Fit {
  const { error, heap, loadInstructions, imageInstructions = 0, reloadInstructions = 0, context } = survey;
  const { upload } = modelCost(survey.fileBytes, survey.fileBytes, CHUNK_BYTES);
  const stableBytes = Math.ceil(survey.fileBytes / 65536) * 65536;
  const least = survey.costs?.[0];
  const reason =
    error === '' && least !== undefined && least.tokensPerUpdate === 0
      ? `one token takes about ${least.token + least.pages} instructions, and a call may execute ${UPDATE_CALL}`
      : error;
  const fit: Fit = { runs: reason === '', reason, stableBytes, uploadCycles: upload, costs: [] };
  if (heap === undefined || loadInstructions === undefined || context === undefined) return fit;
  const byInstructions = Math.ceil(loadInstructions / (UPDATE_CALL - LOAD_RESERVE));
  const loadMessages = Math.max(byInstructions, Math.ceil(survey.fileBytes / LOAD_READ));
  const cyclesOf = (instructions: number, messages: number) => BigInt(instructions + messages * MESSAGE_CYCLES);
  return {
    ...fit,
    imageBytes: Math.ceil(heap.weights / 65536) * 65536,
    imageInstructions,
    imageCycles: cyclesOf(imageInstructions, Math.ceil(imageInstructions / IMAGE_STEP)),
    reloadInstructions,
    reloadCycles: cyclesOf(reloadInstructions, Math.ceil(reloadInstructions / (UPDATE_CALL - LOAD_RESERVE))),
    heapBytes: heap.weights + heap.buffers + heap.session + heap.vocabulary,
    heapLimitBytes: heap.available + heap.vocabulary,
    context,
    loadInstructions,
    loadMessages,
    loadCycles: cyclesOf(loadInstructions, loadMessages),
    costs: (survey.costs ?? []).map((cost) => ({ ...cost, cyclesPer1000Tokens: cyclesPer1000(cost) })),
  };
}
