// The usage of an answer, and the progress of one that is coming.
import type { Progress } from '@llama-canister/client';
import { money, short, time, usdOf } from '../chat/amounts.js';
import type { Live } from '../chat/answers.js';
import { tokensASecond } from '../chat/spent.js';
import type { Message, Usage } from '../conversations/model.js';
import { texts } from '../texts.js';

/** Instructions that a subnet executes in a second, approximately. */
const INSTRUCTIONS_A_SECOND = 2e9;

export function UsageLine({ usage }: { usage: Usage }) {
  const rate = tokensASecond(usage);
  const parts = [
    texts.tokens(usage.generatedTokens),
    rate !== undefined && texts.rate(rate.toPrecision(3)),
    texts.instructions(short(usage.instructions)),
    texts.cycles(short(usage.cycles)),
    money(usdOf(usage.cycles)),
    usage.price > 0 && texts.paid(short(usage.price)),
  ];
  return (
    <p class="usage" title={texts.answerTook(usage)}>
      {parts.filter(Boolean).map((part) => (
        <span key={part}>{part}</span>
      ))}
    </p>
  );
}

function stateText({ state, place, cachedTokens, promptTokens, reason = '' }: Progress): string {
  if (state === 'queued') return texts.states.queued(place);
  if (state === 'reading') return texts.states.reading(cachedTokens, promptTokens);
  if (state === 'paused') return texts.states.paused(reason);
  return state === 'generating' ? texts.states.generating : texts.states.seed;
}

/** How far an answer is. The estimate is the most that it may take, because a model may end its answer sooner. */
export function ProgressLine({ message, live }: { message: Message; live: Live | undefined }) {
  const { asking, away, generating } = texts.states;
  if (live?.waiting) {
    const { code } = live.waiting;
    return <p class="progress">{code === 'NO_ROOM' ? texts.failures[code]!.title : away}</p>;
  }
  const progress = live?.progress;
  // Without it, another tab reads the answer.
  if (!progress) return <p class="progress">{message.content || message.thinking ? generating : asking}</p>;
  const seconds = progress.instructionsLeft / INSTRUCTIONS_A_SECOND;
  const parts = [
    stateText(progress),
    progress.messagesLeft > 0 && texts.messagesLeft(progress.messagesLeft),
    seconds >= 1 && texts.estimate(time(seconds)),
  ];
  return (
    <p class="progress">
      {parts.filter(Boolean).map((part) => (
        <span key={part}>{part}</span>
      ))}
    </p>
  );
}
