import { useEffect } from 'preact/hooks';
import type { Chat } from '../chat/chat.js';
import { isComing } from '../conversations/model.js';
import { texts } from '../texts.js';
import { dialog, editing, isListHidden, isListOpen, useApp } from './app-state.js';
import { Dialog } from './dialog.js';
import { go } from './route.js';

function toSearch(): void {
  isListOpen.value = true;
  isListHidden.value = false;
  setTimeout(() => document.getElementById('search')?.focus());
}

/** What each key does, by its name in texts.ts. */
function actions(chat: Chat): Record<string, () => void> {
  const path = () => chat.path.value;
  return {
    'Ctrl K': toSearch,
    'Ctrl Shift O': () => {
      go(undefined);
      document.getElementById('composer')?.focus();
    },
    'Ctrl Shift E': () => {
      editing.value = path().findLast(({ role }) => role === 'user')?.id;
    },
    'Ctrl Shift X': () => {
      const last = path().at(-1);
      if (last?.role === 'assistant' && !isComing(last)) void chat.regenerate(last);
    },
    'Ctrl B': () => {
      isListHidden.value = !isListHidden.value;
    },
    'Ctrl /': () => {
      dialog.value = 'shortcuts';
    },
    Esc: () => {
      if (isListOpen.value) isListOpen.value = false;
      else for (const message of path().filter(isComing)) void chat.answers.stop(message.id).catch(() => {});
    },
  };
}

function nameOf({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent): string {
  const name = key === 'Escape' ? 'Esc' : key.length === 1 ? key.toUpperCase() : key;
  return [(ctrlKey || metaKey) && 'Ctrl', shiftKey && name !== '/' && 'Shift', name].filter(Boolean).join(' ');
}

export function useShortcuts(): void {
  const { chat } = useApp();
  useEffect(() => {
    const all = actions(chat);
    const onKey = (event: KeyboardEvent) => {
      const action = all[nameOf(event)];
      if (!action || dialog.peek() !== undefined) return;
      event.preventDefault();
      action();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [chat]);
}

export function ShortcutsDialog() {
  return (
    <Dialog title={texts.shortcuts} onClose={() => (dialog.value = undefined)}>
      <dl class="shortcuts">
        {texts.shortcutList.map(([keys, does]) => (
          <div key={keys}>
            <dt>
              {keys!.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
