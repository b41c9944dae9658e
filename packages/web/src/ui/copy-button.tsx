import { useSignal } from '@preact/signals';
import { texts } from '../texts.js';
import { announcement } from './app-state.js';
import { Icon } from './icons.js';

/** Copies a text, and shows that it did. */
export function CopyButton({ text, label }: { text: () => string; label: string }) {
  const said = useSignal('');
  const onClick = async () => {
    said.value = await navigator.clipboard.writeText(text()).then(
      () => texts.copied,
      () => texts.notCopied,
    );
    announcement.value = said.value;
    setTimeout(() => {
      said.value = '';
    }, 2000);
  };
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} onClick={onClick}>
      {said.value ? <span class="said">{said.value}</span> : <Icon name="copy" />}
    </button>
  );
}
