import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { money, short, usdOf } from '../chat/amounts.js';
import { Throttle } from '../chat/throttle.js';
import { isComing } from '../conversations/model.js';
import { texts } from '../texts.js';
import { announcement, dialog, trouble, useApp } from './app-state.js';
import { Gauge } from './gauge.js';
import { Icon, IconButton } from './icons.js';
import { go } from './route.js';

/** Milliseconds between two times at which the typed text is stored. */
const KEEP_MS = 300;
/** Milliseconds without typing after which a quote for the answer is shown. */
const QUOTE_MS = 1_000;

/** The field for questions. Its text is stored, and can be sent unless an answer is coming. */
export function Composer() {
  const { chat, standing } = useApp();
  const { current } = chat;
  const area = useRef<HTMLTextAreaElement>(null);
  const isEmpty = useSignal(true);
  const quote = useSignal('');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const id = current.value?.id;
  const keep = useRef<Throttle>(undefined);

  const set = (text: string) => {
    area.current!.value = text;
    isEmpty.value = text.trim() === '';
    ask();
  };
  const ask = () => {
    clearTimeout(timer.current);
    quote.value = '';
    if (isEmpty.value || chat.isAnswering.value) return;
    timer.current = setTimeout(async () => {
      const text = area.current?.value ?? '';
      const found = await chat.quote(text);
      if (!found || area.current?.value !== text) return;
      const { promptTokens, generatedTokens, cycles, price } = found;
      const paid = price > 0n ? texts.paid(short(Number(price))) : money(usdOf(Number(cycles)));
      quote.value = texts.quote(promptTokens, generatedTokens, paid);
    }, QUOTE_MS);
  };
  useEffect(() => {
    set((current.peek() ?? chat.beginning.peek()).draft);
    keep.current = new Throttle(() => void chat.keepDraft(area.current?.value ?? ''), KEEP_MS);
    if (matchMedia('(pointer: fine)').matches) area.current!.focus();
    return () => {
      clearTimeout(timer.current);
      keep.current?.flush();
    };
  }, [id]);

  const send = async () => {
    const text = area.current!.value;
    if (text.trim() === '' || chat.isAnswering.value) return;
    keep.current?.cancel();
    set('');
    trouble.value = undefined;
    const sent = await chat.send(text).catch((error) => {
      set(text);
      throw error;
    });
    if (sent === undefined) return set(text);
    announcement.value = texts.answering;
    go(sent, id === undefined);
  };
  const stop = () => {
    for (const message of chat.path.value.filter(isComing)) void chat.answers.stop(message.id).catch(() => {});
  };
  const canAsk = standing.stand.value.is !== 'nowhere';
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <div class="composer-box">
        <textarea
          id="composer"
          ref={area}
          rows={1}
          dir="auto"
          placeholder={texts.ask}
          aria-label={texts.yourMessage}
          onInput={(event) => {
            isEmpty.value = event.currentTarget.value.trim() === '';
            ask();
            keep.current?.call();
          }}
          onKeyDown={(event) => {
            // While an input method is composing, Enter belongs to it.
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            void send();
          }}
        />
        <div class="composer-foot">
          <IconButton name="tune" label={texts.conversationSettings} onClick={() => (dialog.value = 'conversation')} />
          {quote.value ? <span class="gauge">{quote.value}</span> : <Gauge />}
          {chat.isAnswering.value ? (
            <button type="button" class="round" aria-label={texts.stop} title={texts.stop} onClick={stop}>
              <Icon name="stop" />
            </button>
          ) : (
            <button
              type="submit"
              class="round"
              aria-label={texts.send}
              title={texts.send}
              disabled={isEmpty.value || !canAsk}
            >
              <Icon name="send" />
            </button>
          )}
        </div>
      </div>
      <p class="disclaimer">{texts.disclaimer}</p>
    </form>
  );
}
