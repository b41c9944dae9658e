// The list of conversations.
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Conversation } from '../conversations/model.js';
import { texts } from '../texts.js';
import { dialog, isListOpen, toContent, useApp } from './app-state.js';
import { Icon, IconButton } from './icons.js';
import { go, hrefOf, route, sectionHref } from './route.js';

const DAY = 86_400_000;

function groupOf(updated: number, midnight: number): string {
  if (updated >= midnight) return texts.today;
  if (updated >= midnight - DAY) return texts.yesterday;
  return updated >= midnight - 7 * DAY ? texts.thisWeek : texts.older;
}

function groups(conversations: readonly Conversation[]): [string, Conversation[]][] {
  const midnight = new Date().setHours(0, 0, 0, 0);
  const found = new Map<string, Conversation[]>();
  for (const each of conversations) {
    const group = groupOf(each.updated, midnight);
    const known = found.get(group);
    if (known) known.push(each);
    else found.set(group, [each]);
  }
  return [...found];
}

/** `onDone` is told whether the keyboard ended it, which goes on from there. */
function RenameForm({ conversation, onDone }: { conversation: Conversation; onDone: (byKey: boolean) => void }) {
  const { library } = useApp();
  const input = useRef<HTMLInputElement>(null);
  const save = (byKey: boolean) => {
    // A field that is gone already loses the focus, too.
    if (!input.current) return;
    const title = input.current.value.trim();
    if (title !== '' && title !== conversation.title) void library.rename(conversation.id, title);
    onDone(byKey);
  };
  return (
    <form
      class="rename"
      onSubmit={(event) => {
        event.preventDefault();
        save(true);
      }}
    >
      <input
        ref={(element) => {
          if (element && !input.current) {
            element.focus();
            element.select();
          }
          input.current = element;
        }}
        aria-label={texts.title}
        defaultValue={conversation.title}
        maxLength={200}
        onBlur={() => save(false)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          onDone(true);
        }}
      />
    </form>
  );
}

function Item({ conversation, isCurrent }: { conversation: Conversation; isCurrent: boolean }) {
  const { library } = useApp();
  const isRenamed = useSignal(false);
  const menu = useRef<HTMLDetailsElement>(null);
  const link = useRef<HTMLAnchorElement>(null);
  const { id, title } = conversation;
  const rename = (byKey: boolean) => {
    isRenamed.value = false;
    if (byKey) setTimeout(() => link.current?.focus());
  };
  if (isRenamed.value) {
    return (
      <li>
        <RenameForm conversation={conversation} onDone={rename} />
      </li>
    );
  }
  const remove = () => {
    menu.current!.open = false;
    if (!confirm(texts.removeSure(title))) return;
    void library.remove(id).then(toContent);
    if (isCurrent) go(undefined, true);
  };
  return (
    <li>
      <a
        ref={link}
        href={hrefOf(id)}
        aria-current={isCurrent ? 'page' : undefined}
        dir="auto"
        onClick={() => (isListOpen.value = false)}
        onDblClick={() => (isRenamed.value = true)}
      >
        {title.trim() || texts.newChat}
      </a>
      <details
        ref={menu}
        class="menu"
        onFocusOut={(event) => {
          if (menu.current && !menu.current.contains(event.relatedTarget as Node | null)) menu.current.open = false;
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || !menu.current?.open) return;
          event.stopPropagation();
          menu.current.open = false;
          menu.current.querySelector('summary')!.focus();
        }}
      >
        <summary class="icon-button" aria-label={texts.more(title)}>
          <Icon name="more" />
        </summary>
        <div>
          <button type="button" onClick={() => (isRenamed.value = true)}>
            <Icon name="edit" /> {texts.rename}
          </button>
          <button type="button" class="danger" onClick={remove}>
            <Icon name="remove" /> {texts.remove}
          </button>
        </div>
      </details>
    </li>
  );
}

export function List() {
  const { library, standing } = useApp();
  const found = library.found.value;
  const all = library.conversations.value;
  const shown = found ? all.filter(({ id }) => found.has(id)) : all;
  const current = route.value.at === 'conversation' ? route.value.id : undefined;
  return (
    <nav class="list" aria-label={texts.conversations} id="list">
      <div class="list-head">
        <a class="new" href={hrefOf(undefined)} onClick={() => (isListOpen.value = false)}>
          <Icon name="add" /> {texts.newChat}
        </a>
        <IconButton name="close" class="narrow" label={texts.closeMenu} onClick={() => (isListOpen.value = false)} />
      </div>
      <label class="search">
        <Icon name="search" />
        <input
          type="search"
          id="search"
          placeholder={texts.search}
          aria-label={texts.search}
          onInput={(event) => void library.search(event.currentTarget.value)}
        />
      </label>
      <div class="conversations">
        {shown.length === 0 && <p class="hint">{found ? texts.nothingFound : texts.noConversations}</p>}
        {groups(shown).map(([name, conversations]) => (
          <section key={name} aria-label={name}>
            <h2>{name}</h2>
            <ul>
              {conversations.map((each) => (
                <Item key={each.id} conversation={each} isCurrent={each.id === current} />
              ))}
            </ul>
          </section>
        ))}
      </div>
      {standing.rights.value !== 'none' && (
        <a
          class="quiet to-administration"
          href={sectionHref('overview')}
          aria-current={route.value.at === 'administration' ? 'page' : undefined}
          onClick={() => (isListOpen.value = false)}
        >
          <Icon name="gauge" /> {texts.administration.title}
        </a>
      )}
      <div class="list-foot">
        <button type="button" class="quiet" onClick={() => (dialog.value = 'settings')}>
          <Icon name="settings" /> {texts.settings}
        </button>
        <IconButton name="keyboard" label={texts.shortcuts} onClick={() => (dialog.value = 'shortcuts')} />
      </div>
    </nav>
  );
}
