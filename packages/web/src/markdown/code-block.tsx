import { useEffect, useState } from 'preact/hooks';
import { texts } from '../texts.js';
import { inOrder } from './characters.js';
import type { Piece } from './languages.js';

/** Code with more characters than this stays without colours. */
const MOST = 50_000;

function CopyButton({ code }: { code: string }) {
  const [said, say] = useState('');
  const onClick = async () => {
    const copying = navigator.clipboard.writeText(code);
    say(await copying.then(() => texts.copied).catch(() => texts.notCopied));
    setTimeout(() => say(''), 2000);
  };
  return (
    <button type="button" class="quiet" aria-label={texts.copyCode} onClick={onClick}>
      <span aria-live="polite">{said || texts.copy}</span>
    </button>
  );
}

/** Code, which gets its colours when it is complete. */
export function CodeBlock({ code: said, language, isSettled }: { code: string; language: string; isSettled: boolean }) {
  const code = inOrder(said);
  const [pieces, setPieces] = useState<Piece[]>();
  useEffect(() => {
    setPieces(undefined);
    if (!isSettled || language === '' || code.length > MOST) return;
    let isWanted = true;
    import('./languages.js').then(
      ({ highlight }) => isWanted && setPieces(highlight(code, language)),
      // If the chunk cannot be loaded, the code stays without colours.
      () => {},
    );
    return () => {
      isWanted = false;
    };
  }, [code, language, isSettled]);
  return (
    <figure class="code">
      <figcaption>
        <span>{language || texts.code}</span>
        <CopyButton code={said} />
      </figcaption>
      <pre
        dir="ltr"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled has to be reached by keyboard.
        tabIndex={0}
      >
        <code>
          {pieces ? pieces.map(({ text, kind }) => (kind ? <span class={`is-${kind}`}>{text}</span> : text)) : code}
        </code>
      </pre>
    </figure>
  );
}
