// Turns the inside of a line into elements. A model's text never becomes HTML, so none of it can run.
import type { Token, Tokens } from 'marked';
import type { ComponentChildren } from 'preact';
import { characters, inOrder } from './characters.js';
import { safeLink } from './links.js';

/** Deeper than anybody writes. */
const DEEPEST = 24;

function Link({ token, depth }: { token: Tokens.Link; depth: number }) {
  const href = safeLink(token.href);
  const said = inline(token.tokens, depth);
  if (href === undefined) return <>{said}</>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow" title={href}>
      {said}
    </a>
  );
}

/** An image is not loaded, because its host would learn who reads this. It becomes a link. */
function Image({ token }: { token: Tokens.Image }) {
  const href = safeLink(token.href);
  const said = `🖼 ${token.text || token.href}`;
  if (href === undefined) return <>{said}</>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow" title={href}>
      {said}
    </a>
  );
}

function one(token: Token, depth: number): ComponentChildren {
  if (depth > DEEPEST) return token.raw;
  const within = () => inline((token as { tokens?: Token[] }).tokens ?? [], depth + 1);
  switch (token.type) {
    case 'strong':
      return <strong>{within()}</strong>;
    case 'em':
      return <em>{within()}</em>;
    case 'del':
      return <del>{within()}</del>;
    case 'codespan':
      return <code>{inOrder(token.text)}</code>;
    case 'br':
      return <br />;
    case 'link':
      return <Link token={token as Tokens.Link} depth={depth + 1} />;
    case 'image':
      return <Image token={token as Tokens.Image} />;
    case 'html':
      return /^<br\s*\/?>$/i.test(token.raw) ? <br /> : token.raw;
    case 'escape':
      return token.text;
    case 'text':
      return token.tokens ? within() : characters(token.text);
    default:
      return token.raw;
  }
}

export function inline(tokens: readonly Token[], depth = 0): ComponentChildren[] {
  return tokens.map((token) => one(token, depth));
}
