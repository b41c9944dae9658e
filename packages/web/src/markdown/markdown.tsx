// Shows a text in markdown, block by block; blocks that have not changed are not rendered again.
import type { Token, Tokens } from 'marked';
import type { ComponentChildren } from 'preact';
import { Component, type VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { texts } from '../texts.js';
import { type Block, Blocks } from './blocks.js';
import { CodeBlock } from './code-block.js';
import { inline } from './inline.js';

/** How many rows of a table or items of a list are shown until the user asks for the rest. */
const MOST_ROWS = 200;
const DEEPEST = 24;

/** Shows the first items, and a button for all of them. */
function Many<T>({ all, show }: { all: readonly T[]; show: (some: readonly T[], more: VNode | undefined) => VNode }) {
  const [isAll, setAll] = useState(false);
  if (isAll || all.length <= MOST_ROWS) return show(all, undefined);
  const more = (
    <button type="button" class="quiet" onClick={() => setAll(true)}>
      {texts.showAll(all.length)}
    </button>
  );
  return show(all.slice(0, MOST_ROWS), more);
}

function Table({ token }: { token: Tokens.Table }) {
  const aligned = (i: number) => (token.align[i] ? `to-${token.align[i]}` : undefined);
  return (
    <Many
      all={token.rows}
      show={(rows, more) => (
        <section
          class="table"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled has to be reached by keyboard.
          tabIndex={0}
          aria-label={texts.table}
        >
          <table>
            <thead>
              <tr>
                {token.header.map((cell, i) => (
                  <th class={aligned(i)} scope="col" dir="auto">
                    {inline(cell.tokens)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr>
                  {row.map((cell, i) => (
                    <td class={aligned(i)} dir="auto">
                      {inline(cell.tokens)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          {more}
        </section>
      )}
    />
  );
}

function List({ token, depth }: { token: Tokens.List; depth: number }) {
  const item = ({ task, checked, tokens }: Tokens.ListItem) => (
    <li class={task ? 'task' : undefined} dir="auto">
      {task && <input type="checkbox" checked={checked ?? false} disabled aria-label={texts.task} />}
      {tokens.filter(({ type }) => type !== 'checkbox').map((each) => block(each, true, depth + 1))}
    </li>
  );
  return (
    <Many
      all={token.items}
      show={(items, more) => (
        <>
          {token.ordered ? (
            <ol start={token.start === '' ? 1 : token.start}>{items.map(item)}</ol>
          ) : (
            <ul>{items.map(item)}</ul>
          )}
          {more}
        </>
      )}
    />
  );
}

/** Headings begin at level 3, below those of the page itself. */
function Heading({ depth, children }: { depth: number; children: ComponentChildren }) {
  const Level = `h${Math.min(6, depth + 2)}` as 'h3';
  return (
    <Level class={`level-${depth}`} dir="auto">
      {children}
    </Level>
  );
}

function block(token: Token, isSettled: boolean, depth = 0): ComponentChildren {
  if (depth > DEEPEST) return token.raw;
  switch (token.type) {
    case 'space':
    case 'def':
      return null;
    case 'heading':
      return <Heading depth={token.depth}>{inline(token.tokens ?? [])}</Heading>;
    case 'paragraph':
      return <p dir="auto">{inline(token.tokens ?? [])}</p>;
    case 'code':
      return (
        <CodeBlock code={token.text} language={(token.lang ?? '').split(/\s/)[0].toLowerCase()} isSettled={isSettled} />
      );
    case 'blockquote':
      return <blockquote dir="auto">{token.tokens?.map((each) => block(each, isSettled, depth + 1))}</blockquote>;
    case 'list':
      return <List token={token as Tokens.List} depth={depth} />;
    case 'table':
      return <Table token={token as Tokens.Table} />;
    case 'hr':
      return <hr />;
    case 'text':
    case 'html':
      return depth > 0 ? inline([token]) : <p dir="auto">{inline([token])}</p>;
    default:
      return <p dir="auto">{token.raw}</p>;
  }
}

/** Rendered again only when its text has changed. */
class OneBlock extends Component<Block> {
  override shouldComponentUpdate(next: Block): boolean {
    return next.token !== this.props.token || next.isSettled !== this.props.isSettled;
  }

  render({ token, isSettled }: Block) {
    return <div class="block">{block(token, isSettled)}</div>;
  }
}

/** How many blocks are compared together, and shown for the first time together. */
const CHUNK = 50;

/** In a long text most chunks are settled, and are not even compared again. */
class Chunk extends Component<{ blocks: readonly Block[] }> {
  override shouldComponentUpdate({ blocks }: { blocks: readonly Block[] }): boolean {
    const { blocks: old } = this.props;
    return blocks.length !== old.length || blocks.some((each, i) => each !== old[i]);
  }

  render({ blocks }: { blocks: readonly Block[] }) {
    return (
      <div class="chunk">
        {blocks.map((each, i) => (
          <OneBlock key={i} {...each} />
        ))}
      </div>
    );
  }
}

/**
 * The number of chunks that are shown. It grows with each frame, so that the page responds while a long text is laid
 * out.
 */
function useShown(all: number): number {
  const [shown, show] = useState(2);
  useEffect(() => {
    if (shown >= all) return;
    const frame = requestAnimationFrame(() => show(shown + 2));
    return () => cancelAnimationFrame(frame);
  }, [shown, all]);
  return Math.min(shown, all);
}

/** `isWhole`: no more text follows. */
export function Markdown({ text, isWhole }: { text: string; isWhole: boolean }) {
  const kept = useRef<Blocks>(undefined);
  kept.current ??= new Blocks();
  const blocks = kept.current.of(text, isWhole);
  const shown = useShown(Math.ceil(blocks.length / CHUNK));
  return (
    <div class="markdown">
      {Array.from({ length: shown }, (_, i) => (
        <Chunk key={i} blocks={blocks.slice(i * CHUNK, (i + 1) * CHUNK)} />
      ))}
    </div>
  );
}
