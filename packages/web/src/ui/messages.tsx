// The conversation. It stays scrolled to its end while an answer comes, unless the user reads further up.
import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { texts } from '../texts.js';
import { useApp } from './app-state.js';
import { IconButton } from './icons.js';
import { MessageView } from './message.js';

/** Pixels from the end that still count as the end. */
const NEAR = 80;
/** How many messages are shown until the user asks for earlier ones. */
const MOST = 100;

export function Messages() {
  const { chat } = useApp();
  const path = chat.path.value;
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useSignal(true);
  const top = useRef(0);
  const id = chat.current.value?.id;
  const count = path.length;
  const most = useSignal(MOST);
  const first = Math.max(0, count - most.value);
  const showEarlier = () => {
    const { scrollHeight } = box.current!;
    most.value += MOST;
    // What is read stays where it is.
    requestAnimationFrame(() => box.current!.scrollBy({ top: box.current!.scrollHeight - scrollHeight }));
  };
  const toEnd = () => box.current?.scrollTo({ top: box.current.scrollHeight });

  useLayoutEffect(() => {
    isAtEnd.value = true;
    toEnd();
  }, [id, count]);
  useLayoutEffect(() => {
    most.value = MOST;
  }, [id]);
  useEffect(() => {
    const content = box.current!.firstElementChild!;
    const observer = new ResizeObserver(() => isAtEnd.peek() && toEnd());
    observer.observe(content);
    return () => observer.disconnect();
  }, [id]);

  return (
    <div class="scroll-frame">
      <section
        class="messages"
        ref={box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled has to be reached by keyboard.
        tabIndex={0}
        aria-label={chat.current.value?.title ?? texts.newChat}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          // Text that has grown below does not mean that the user has left the end; only scrolling up does.
          if (scrollHeight - scrollTop - clientHeight < NEAR) isAtEnd.value = true;
          else if (scrollTop < top.current) isAtEnd.value = false;
          top.current = scrollTop;
        }}
      >
        <div class="column">
          {first > 0 && (
            <button type="button" class="quiet" onClick={showEarlier}>
              {texts.earlier}
            </button>
          )}
          {path.slice(first).map((message) => (
            <MessageView key={message.id} message={message} isLast={message === path[count - 1]} />
          ))}
        </div>
      </section>
      {!isAtEnd.value && <IconButton name="down" class="to-end" label={texts.toEnd} onClick={toEnd} />}
    </div>
  );
}
