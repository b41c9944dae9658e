import type { GenerationSummary, RunReply } from '@llama-canister/client';
import type { Network } from '@llama-canister/network';
import { formatCycles } from '../amounts.js';

interface Sum {
  /** Instructions and cycles of all run_update messages. */
  instructions: number;
  cycles: bigint;
  /** Per token, over the calls that only generated (over all calls if there is none). */
  instructionsPerToken: number;
  cyclesPerToken: number;
  /** Tokens that would fit one update call that does everything, by the instructions of these calls. */
  tokensPerUpdateCall: number;
}

/** Instructions of an update call (Internet Computer, resource limits). */
const UPDATE_CALL = 40_000_000_000;

/** The cost of an answer's calls, from the network's meter. */
export class Spending {
  readonly #network: Network;
  readonly #pageAccess: number;
  readonly #all = { instructions: 0, cycles: 0n, tokens: 0, pages: 0 };
  /** Calls that contain no token of the prompt. */
  readonly #generating = { instructions: 0, cycles: 0n, tokens: 0, pages: 0 };

  #mostPages = 0;

  /** `pageAccess`: instructions for each page that a message touches. */
  constructor(network: Network, pageAccess: number) {
    this.#network = network;
    this.#pageAccess = pageAccess;
  }

  /** Records the cost of the run_update that was just answered. */
  note(reply: RunReply): void {
    const message = this.#network.metrics.messages.findLast(({ method }) => method === 'run_update');
    if (!message) return;
    this.#mostPages = Math.max(this.#mostPages, message.pages.heapAccessed);
    const { decoded = 0, generated = 0 } = reply.tokens ?? {};
    const sums = decoded === 0 ? [this.#all, this.#generating] : [this.#all];
    for (const sum of sums) {
      sum.instructions += message.instructions;
      sum.cycles += message.cycles;
      sum.pages += message.pages.heapAccessed;
      sum.tokens += decoded + generated;
    }
  }

  sum(): Sum {
    const { instructions, cycles } = this.#all;
    const per = this.#generating.tokens > 0 ? this.#generating : this.#all;
    const tokens = Math.max(1, per.tokens);
    const alone = (per.instructions - per.pages * this.#pageAccess) / tokens;
    return {
      instructions,
      cycles,
      instructionsPerToken: Math.round(per.instructions / tokens),
      cyclesPerToken: Math.round(Number(per.cycles) / tokens),
      tokensPerUpdateCall: Math.floor((UPDATE_CALL - this.#mostPages * this.#pageAccess) / Math.max(1, alone)),
    };
  }

  sentence({ generatedTokens, promptTokens, seconds }: GenerationSummary, context: number): string {
    const { instructions, cycles, instructionsPerToken, cyclesPerToken, tokensPerUpdateCall } = this.sum();
    const whole = tokensPerUpdateCall >= context;
    const room = whole ? `its whole context of ${context} tokens` : `about ${tokensPerUpdateCall} tokens`;
    const rate = seconds > 0 ? ` (${(generatedTokens / seconds).toFixed(1)} a second here)` : '';
    return (
      `${promptTokens} tokens read, ${generatedTokens} written in ${seconds.toFixed(1)} s${rate}.\n` +
      `Spent ${formatCycles(BigInt(instructions))} instructions and ${formatCycles(cycles)} cycles: ` +
      `${formatCycles(BigInt(instructionsPerToken))} instructions and ${formatCycles(BigInt(cyclesPerToken))} cycles a token.\n` +
      `Calls were kept short to show the text as it comes; one update call (${formatCycles(BigInt(UPDATE_CALL))} instructions) ` +
      `has room for ${room}.`
    );
  }
}
