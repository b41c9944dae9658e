// The whole page.
import { useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { texts } from '../texts.js';
import { announcement, dialog, isListHidden, isListOpen, toContent, trouble, useApp } from './app-state.js';
import { CanisterList } from './canister-list.js';
import { Composer } from './composer.js';
import { ConversationDialog } from './conversation-dialog.js';
import { FailureNote } from './failure.js';
import { Header } from './header.js';
import { LateAdministration } from './late-administration.js';
import { List } from './list.js';
import { Messages } from './messages.js';
import { go, route } from './route.js';
import { SettingsDialog } from './settings-dialog.js';
import { ShortcutsDialog, useShortcuts } from './shortcuts.js';
import { StandNote } from './stand-note.js';

function Welcome() {
  const { chat, standing } = useApp();
  const stand = standing.stand.value;
  if (stand.is === 'nowhere') {
    return (
      <div class="welcome">
        <h2>{texts.welcomeNowhere}</h2>
        <CanisterList />
      </div>
    );
  }
  const model = stand.is === 'ready' ? stand.model.name || stand.model.architecture : undefined;
  const ask = async (text: string) => go(await chat.send(text), true);
  return (
    <div class="welcome">
      <h2>{model ? texts.welcome(model) : stand.is === 'connecting' ? texts.connecting : texts.name}</h2>
      {model && (
        <div class="suggestions">
          {texts.suggestions.map((text) => (
            <button type="button" key={text} onClick={() => void ask(text)}>
              {text}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

/** Tells screen readers that an answer is complete. */
function useAnnouncements(): void {
  const { chat } = useApp();
  const wasAnswering = useRef(false);
  useSignalEffect(() => {
    const isAnswering = chat.isAnswering.value;
    if (wasAnswering.current && !isAnswering) announcement.value = texts.answered;
    wasAnswering.current = isAnswering;
  });
}

/** From a conversation that is not there, or not any more. */
function leave(): void {
  announcement.value = texts.notFound;
  go(undefined, true);
}

export function Page() {
  const { chat, keeping, standing } = useApp();
  useShortcuts();
  useAnnouncements();
  useSignalEffect(() => {
    const at = route.value;
    if (at.at === 'administration') return;
    const id = at.at === 'conversation' ? at.id : undefined;
    if (id === chat.current.peek()?.id) return;
    void chat.open(id).then((isThere) => {
      if (!isThere) leave();
    });
  });
  const shown = useRef<string>(undefined);
  useSignalEffect(() => {
    const id = chat.current.value?.id;
    const at = route.peek();
    if (id === undefined && at.at === 'conversation' && at.id === shown.current) leave();
    shown.current = id;
  });
  useSignalEffect(() => void standing.look(chat.place.value));
  useSignalEffect(() => {
    const stand = standing.stand.value;
    if (stand.is === 'ready' || stand.is === 'without-model') {
      void keeping.at(stand.choice === 'nobody' ? undefined : chat.place.value, stand.principal);
    }
  });
  useEffect(() => {
    const look = () => void standing.again();
    addEventListener('online', look);
    return () => removeEventListener('online', look);
  }, [standing]);
  const title = chat.current.value?.title;
  useEffect(() => {
    document.title = title ? `${title} · ${texts.name}` : texts.name;
  }, [title]);
  const isNew = chat.path.value.length === 0;
  const at = route.value;
  return (
    <div class={`page ${isListOpen.value ? 'list-open' : ''} ${isListHidden.value ? 'list-hidden' : ''}`}>
      <button type="button" class="skip" onClick={toContent}>
        {texts.skip}
      </button>
      <List />
      {isListOpen.value && (
        <button type="button" class="veil" aria-label={texts.closeMenu} onClick={() => (isListOpen.value = false)} />
      )}
      <main class={isNew && at.at !== 'administration' ? 'is-new' : ''}>
        <Header />
        {trouble.value && (
          <div class="column">
            <FailureNote failure={trouble.value}>
              <button type="button" onClick={() => (trouble.value = undefined)}>
                {texts.close}
              </button>
            </FailureNote>
          </div>
        )}
        {at.at === 'administration' ? (
          <LateAdministration section={at.section} />
        ) : (
          <>
            {isNew ? <Welcome /> : <Messages />}
            <div class="column">
              <StandNote />
            </div>
            <Composer />
          </>
        )}
      </main>
      {dialog.value === 'settings' && <SettingsDialog />}
      {dialog.value === 'conversation' && <ConversationDialog />}
      {dialog.value === 'shortcuts' && <ShortcutsDialog />}
      <p class="unseen" aria-live="polite">
        {announcement.value}
      </p>
    </div>
  );
}
