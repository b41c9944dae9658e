// Markdown comes in a late chunk; until it is there, or where it cannot be had, the text is shown as it is.
import { signal } from '@preact/signals';
import type { Markdown } from '../markdown/markdown.js';

const loaded = signal<typeof Markdown | undefined>(undefined);

/** Asked for once the page is there. */
export function loadMarkdown(): void {
  import('../markdown/markdown.js').then(
    ({ Markdown: component }) => {
      loaded.value = component;
    },
    () => {},
  );
}

export function Text(props: { text: string; isWhole: boolean }) {
  const Component = loaded.value;
  return Component ? (
    <Component {...props} />
  ) : (
    <div class="markdown plain" dir="auto">
      {props.text}
    </div>
  );
}
