import { money, short, usdOf } from '../chat/amounts.js';
import { contextUsed, spent } from '../chat/spent.js';
import { texts } from '../texts.js';
import { useApp } from './app-state.js';

/** How much of the context is in use, and what the conversation has cost. */
export function Gauge() {
  const { chat, standing } = useApp();
  const stand = standing.stand.value;
  const all = stand.is === 'ready' ? Number(stand.model.context) : 0;
  const used = contextUsed(chat.path.value);
  const sum = spent(chat.messages.value);
  if (sum.answers === 0) return null;
  const said = texts.context(used, all);
  return (
    <div class="gauge">
      {all > 0 && (
        <label title={said}>
          {texts.contextShort}
          <meter min={0} max={all} high={all * 0.85} low={all * 0.6} optimum={0} value={used} aria-label={said} />
          <span>{Math.round((100 * used) / all)} %</span>
        </label>
      )}
      <span class="sum" title={texts.conversationTook}>
        <span>{texts.answers(sum.answers)}</span>
        <span>{texts.instructions(short(sum.instructions))}</span>
        <span>{texts.cycles(short(sum.cycles))}</span>
        <span>{money(usdOf(sum.cycles))}</span>
        {sum.price > 0 && <span>{texts.paid(short(sum.price))}</span>}
      </span>
    </div>
  );
}
