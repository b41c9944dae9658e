/** The methods of decisions, for tests. */
import type { Principal } from '@icp-sdk/core/principal';
import { type Asked, inputOf, type Status } from './generations.js';
import type { Llama, Result } from './llama.js';

export interface Question {
  text: string;
  kind: { choice: string[] } | { score: { least: number; greatest: number } } | { yes_no: null };
}

export interface AskedDecision {
  prompt: Asked['prompt'];
  questions: Question[];
  template_arguments?: string;
}

interface Answer {
  options: { label: string; log_probability: number; probability: number }[];
  expected: [] | [number];
  log_coverage: number;
}

export interface Decision {
  status: Status;
  answers: Answer[];
}

export const choice = (text: string, ...labels: string[]): Question => ({ text, kind: { choice: labels } });
export const yesNo = (text: string): Question => ({ text, kind: { yes_no: null } });
export const score = (text: string, least: number, greatest: number): Question => ({
  text,
  kind: { score: { least, greatest } },
});

function encoded({ prompt, questions, template_arguments }: AskedDecision) {
  const { prompt: given, template_arguments: variables } = inputOf({
    prompt,
    ...(template_arguments === undefined ? {} : { template_arguments }),
  });
  return { prompt: given, template_arguments: variables, questions };
}

export class Decisions {
  readonly llama: Llama;
  readonly caller: Principal;

  constructor(llama: Llama, caller: Principal) {
    this.llama = llama;
    this.caller = caller;
  }

  tryDecide(asked: AskedDecision): Result<Decision, { Other: string }> {
    return this.llama.call('decide', encoded(asked), this.caller) as Result<Decision, { Other: string }>;
  }

  /** The error, which has to be one. */
  error(asked: AskedDecision): string {
    const result = this.tryDecide(asked);
    if ('Err' in result) return result.Err.Other;
    throw new Error('it is Ok');
  }

  begin(asked: AskedDecision): Decision {
    const result = this.tryDecide(asked);
    if ('Ok' in result) return result.Ok;
    throw new Error(result.Err.Other);
  }

  quote(asked: AskedDecision): Record<string, bigint> {
    return (this.llama.call('decide_quote', encoded(asked), this.caller) as { Ok: Record<string, bigint> }).Ok;
  }

  poll(id: bigint): Decision {
    const result = this.llama.call('decide_poll', { id }, this.caller) as Result<Decision, { Other: string }>;
    if ('Ok' in result) return result.Ok;
    throw new Error(result.Err.Other);
  }

  /** The decision, however many messages it takes. */
  decide(asked: AskedDecision): Decision {
    const begun = this.begin(asked);
    this.llama.timers();
    return this.poll(begun.status.id);
  }
}
