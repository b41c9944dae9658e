/**
 * What a model needs of a canister, computed before anything is taken: heap by the arithmetic with which load_model
 * refuses a model, instructions by the prices that stop runs.
 */
import { Code, Problem } from '../problem';
import { allocatedBytes, availableBytes } from '../memory/heap';
import { pagesCost, promptOperators, tokenOperators } from './model/cost';
import { Loader } from './model/loader';
import { Model } from './model/model';
import { PER_HEADER_BYTE, SAMPLING_PER_TOKEN, USUAL_PER_STRING, USUAL_RUN_RESERVE } from '../prices';


@final
export class Fit {
  /** Bytes of heap: of the weights, the working buffers, and a sequence of `context` tokens. */
  readonly weightBytes: u64;
  readonly bufferBytes: u64;
  readonly sequenceBytes: u64;
  /** Available bytes for them, and bytes that the vocabulary has already taken. */
  readonly availableBytes: u64;
  readonly vocabularyBytes: u64;
  /** Instructions to load the model, including its header and vocabulary. */
  loadInstructions: u64 = 0;
  /** Instructions to make the packed image afterwards, and to load the model again from it. */
  imageInstructions: u64 = 0;
  reloadInstructions: u64 = 0;

  constructor(
    private readonly model: Model,
    /** Most tokens of a sequence. */
    readonly context: i32,
    weightBytes: u64,
    bufferBytes: u64,
    sequenceBytes: u64,
  ) {
    this.weightBytes = weightBytes;
    this.bufferBytes = bufferBytes;
    this.sequenceBytes = sequenceBytes;
    this.availableBytes = availableBytes();
    this.vocabularyBytes = allocatedBytes();
  }

  get neededBytes(): u64 {
    return this.weightBytes + this.bufferBytes + this.sequenceBytes;
  }

  /** The problem if heap is missing, or null. */
  why(): Problem | null {
    if (this.neededBytes <= this.availableBytes) return null;
    return new Problem(
      `the model needs ${mebibytes(this.neededBytes)} MiB of heap (weights ${mebibytes(this.weightBytes)}, ` +
        `buffers ${mebibytes(this.bufferBytes)}, a session of ${this.context} tokens ${mebibytes(this.sequenceBytes)}), ` +
        `and ${mebibytes(this.availableBytes)} MiB are free`,
      Code.HEAP_FULL,
    );
  }

  /** Adds up the cost of loading. */
  planLoading(loader: Loader, headerBytes: u64, strings: u64): void {
    const beginning = headerBytes * PER_HEADER_BYTE + strings * USUAL_PER_STRING;
    this.loadInstructions = loader.wholeCost() + beginning;
    this.imageInstructions = loader.copyingCost();
    this.reloadInstructions = loader.copyingCost() + beginning;
  }

  /** Instructions to generate the token at a position, without the pages of its message. */
  tokenInstructions(position: i32): u64 {
    // The prices are upper bounds; measured models of true shapes took an eighth less.
    return (tokenOperators(this.model, position) * 8) / 9 + <u64>this.model.vocabulary * SAMPLING_PER_TOKEN;
  }

  /** Instructions of a prompt's token from a position on, without the pages of its message. */
  promptInstructions(position: i32): u64 {
    return (promptOperators(this.model, position) * 16) / 17;
  }

  /** Instructions for the pages of a message that goes up to a position. */
  pageInstructions(position: i32): u64 {
    return pagesCost(this.model, this.weightBytes, position);
  }

  /** Tokens that a call of `limit` instructions generates from a position on. */
  tokensPerCall(limit: u64, position: i32): i32 {
    let spent = USUAL_RUN_RESERVE;
    let tokens = 0;
    for (; position + tokens < this.context; ++tokens) {
      spent += this.tokenInstructions(position + tokens);
      if (spent + this.pageInstructions(position + tokens) > limit) break;
    }
    return tokens;
  }
}

function mebibytes(bytes: u64): u64 {
  return (bytes + 0xfffff) >> 20;
}
