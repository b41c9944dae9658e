// Markdown is a late chunk. Until it is loaded, or if it cannot be, texts are shown as they are.
import { signal } from '@preact/signals';
import type { Markdown } from '../markdown/markdown.js';

const loaded = signal<typeof Markdown | undefined>(undefined);

/** Called once the page is shown. */
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
