// One message: its text, and the actions for it.
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import type { Live } from '../chat/answers.js';
import { type Call, isComing, type Message, wholeCalls } from '../conversations/model.js';
import { texts } from '../texts.js';
import { announcement, editing, toContent, useApp } from './app-state.js';
import { CopyButton } from './copy-button.js';
import { FailureNote } from './failure.js';
import { Icon, IconButton } from './icons.js';
import { Text } from './late-markdown.js';
import { go } from './route.js';
import { ProgressLine, UsageLine } from './usage.js';

function Branches({ message }: { message: Message }) {
  const { chat } = useApp();
  const siblings = chat.tree.value.siblings(message);
  if (siblings.length < 2) return null;
  const at = siblings.findIndex(({ id }) => id === message.id);
  const show = (i: number) => void chat.show(siblings[i]!);
  return (
    <span class="branches">
      <IconButton name="back" label={texts.previousBranch} isDisabled={at === 0} onClick={() => show(at - 1)} />
      <span title={texts.branch(at + 1, siblings.length)}>
        {at + 1}/{siblings.length}
      </span>
      <IconButton
        name="forth"
        label={texts.nextBranch}
        isDisabled={at === siblings.length - 1}
        onClick={() => show(at + 1)}
      />
    </span>
  );
}

/** The message that was edited last: the keyboard goes on there. */
let edited: string | undefined;

function Editor({ message }: { message: Message }) {
  const { chat } = useApp();
  const area = useRef<HTMLTextAreaElement>(null);
  const isQuestion = message.role === 'user';
  const done = () => {
    edited = message.id;
    editing.value = undefined;
  };
  const save = () => {
    const text = area.current!.value;
    if (text.trim() !== '') void (isQuestion ? chat.ask(message, text).then(toContent) : chat.edit(message, text));
    done();
  };
  return (
    <form
      class="editor"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <textarea
        ref={(element) => {
          if (element && !area.current) element.focus();
          area.current = element;
        }}
        aria-label={texts.editMessage}
        defaultValue={message.content}
        dir="auto"
        rows={3}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.stopPropagation();
            done();
          } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
        }}
      />
      <p class="hint">{isQuestion ? texts.editQuestion : texts.editAnswer}</p>
      <div class="buttons">
        <button type="button" onClick={done}>
          {texts.cancel}
        </button>
        <button type="submit" class="primary">
          {isQuestion ? texts.saveAndAsk : texts.save}
        </button>
      </div>
    </form>
  );
}

function Actions({ message, children }: { message: Message; children?: ComponentChildren }) {
  const { chat } = useApp();
  const branchOff = async () => go(await chat.branchOff(message));
  const remove = () => confirm(texts.removeMessageSure) && void chat.remove(message).then(toContent);
  return (
    <div
      class="actions"
      ref={(element) => {
        if (!element || edited !== message.id) return;
        edited = undefined;
        element.querySelector<HTMLElement>(`[aria-label="${texts.editMessage}"]`)!.focus();
      }}
    >
      <Branches message={message} />
      <CopyButton text={() => message.content} label={texts.copyMessage} />
      <IconButton name="edit" label={texts.editMessage} onClick={() => (editing.value = message.id)} />
      {children}
      <IconButton name="branch" label={texts.branchOff} onClick={() => void branchOff()} />
      <IconButton name="remove" label={texts.removeMessage} onClick={remove} />
    </div>
  );
}

function Question({ message }: { message: Message }) {
  return (
    <article class="question" aria-label={texts.you}>
      {editing.value === message.id ? (
        <Editor message={message} />
      ) : (
        <>
          <div class="bubble" dir="auto">
            {message.content}
          </div>
          <Actions message={message} />
        </>
      )}
    </article>
  );
}

function Thoughts({ message, isGoingOn }: { message: Message; isGoingOn: boolean }) {
  const { chat } = useApp();
  const isOpen = useSignal(false);
  if (!message.thinking) return null;
  return (
    <details class="thoughts" onToggle={(event) => (isOpen.value = event.currentTarget.open)}>
      <summary>
        {isGoingOn ? texts.thinking : texts.thought(message.usage?.thinkingTokens ?? 0)}
        {isGoingOn && (
          <button
            type="button"
            class="quiet"
            onClick={(event) => {
              event.preventDefault();
              void chat.answers.stopThinking(message.id).catch(() => {});
            }}
          >
            {texts.stopThinking}
          </button>
        )}
      </summary>
      {isOpen.value && <Text text={message.thinking} isWhole={!isGoingOn} />}
    </details>
  );
}

/** Formatted with line breaks if it is JSON already; otherwise as it is. */
function shown(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function ToolCall({ call }: { call: Call }) {
  return (
    <details class="tool-call">
      <summary>
        <Icon name="tool" /> {texts.toolCall(call.name)}
      </summary>
      <pre dir="ltr">{shown(call.arguments)}</pre>
    </details>
  );
}

/** Where the results of an answer's calls are typed, because the page has no tools itself. */
function ToolResults({ message }: { message: Message }) {
  const { chat } = useApp();
  const form = useRef<HTMLFormElement>(null);
  return (
    <form
      ref={form}
      class="editor"
      onSubmit={(event) => {
        event.preventDefault();
        announcement.value = texts.answering;
        void chat.giveResults(message, new FormData(form.current!).getAll('result').map(String));
      }}
    >
      {wholeCalls(message).map(({ id, name }, i) => (
        <label class="field" key={id || i}>
          <span>{texts.toolResultOf(name)}</span>
          <textarea name="result" rows={2} dir="auto" required />
        </label>
      ))}
      <div class="buttons">
        <button type="submit" class="primary">
          {texts.sendResults}
        </button>
      </div>
    </form>
  );
}

/** `live` is ahead of the message that is stored. */
function Answer({ message: kept, live, isLast }: { message: Message; live: Live | undefined; isLast: boolean }) {
  const { chat } = useApp();
  const message = live && isComing(kept) ? live.message : kept;
  const { state } = message;
  const isGoingOn = isComing(kept);
  const awaitsResults = isLast && !isGoingOn && wholeCalls(message).length > 0;
  if (editing.value === message.id && !isGoingOn) {
    return (
      <article class="answer" aria-label={texts.assistant}>
        <Editor message={message} />
      </article>
    );
  }
  const why = state?.is === 'ended' ? texts.ends[state.reason] : undefined;
  const canContinue = isLast && message.content !== '' && !message.calls?.length;
  return (
    <article class="answer" aria-label={texts.assistant} aria-busy={isGoingOn}>
      <Thoughts message={message} isGoingOn={isGoingOn && message.content === ''} />
      {message.content !== '' && <Text text={message.content} isWhole={!isGoingOn} />}
      {message.calls?.map((call, i) => (
        <ToolCall key={call.id || i} call={call} />
      ))}
      {awaitsResults && <ToolResults message={message} />}
      {isGoingOn && <ProgressLine {...{ message, live }} />}
      {state?.is === 'failed' && (
        <FailureNote failure={state}>
          <button type="button" onClick={() => void chat.again(message)}>
            {texts.tryAgain}
          </button>
        </FailureNote>
      )}
      {!isGoingOn && (
        <>
          {(why || message.edited) && (
            <p class="why">{[why, message.edited && texts.edited].filter(Boolean).join(' · ')}</p>
          )}
          <Actions message={message}>
            <IconButton name="again" label={texts.regenerate} onClick={() => void chat.regenerate(message)} />
            {canContinue && (
              <IconButton name="continue" label={texts.continue} onClick={() => void chat.continue(message)} />
            )}
          </Actions>
          {message.usage && <UsageLine usage={message.usage} />}
        </>
      )}
    </article>
  );
}

export function MessageView({ message, isLast }: { message: Message; isLast: boolean }) {
  const { chat } = useApp();
  if (message.role === 'user') return <Question message={message} />;
  if (message.role === 'tool') {
    return (
      <article class="answer" aria-label={texts.toolResult}>
        <pre class="tool-result">{message.content}</pre>
        <Branches message={message} />
      </article>
    );
  }
  return <Answer message={message} live={chat.live(message.id).value} isLast={isLast} />;
}
