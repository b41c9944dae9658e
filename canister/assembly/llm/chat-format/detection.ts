import { Program } from '../template/program';
import { CallDerivation } from './call-derivation';
import { ChatFormat } from './chat-format';
import { amendCalls, genericCalls, knownCalls, setChannels, wrappersIn } from './known-forms';
import { Literal } from './literal';
import { ANSWER, Probe, REASON } from './probe';
import { findControls } from './thinking-controls';
import { endOfThinking, knownStartAtEnd, knownStartIn } from './thinking';

/** Asks for thinking in all ways that templates know. */
const WITH_THINKING: string = ',"enable_thinking":true,"thinking":true';

/**
 * Derives how a model writes thoughts and calls from its chat template's rendering of small conversations: about ten
 * renderings, once for a model. If renderings do not show it, marks in the template do (known-forms.ts, thinking.ts).
 *
 * @param template the template's text, which `program` was made from
 * @param bos      texts of the tokens that begin and end a sequence
 */
export function detectFormat(program: Program, template: usize, bytes: u32, bos: string, eos: string): ChatFormat {
  const format = new ChatFormat();
  const source = String.UTF8.decodeUnsafe(template, bytes);
  const probe = new Probe(program, bos, eos);
  const prompt = probe.prompt('');
  if (!setChannels(format, source, prompt)) {
    const answer = probe.answer();
    findThinking(format, probe, source, answer, prompt);
    const wrappers = wrappersIn(source, answer);
    for (let i = 0; i < wrappers.length; ++i) {
      if (wrappers[i] != format.thinking.end.text) format.wrappers.push(new Literal(wrappers[i]));
    }
    let calls = knownCalls(source);
    if (calls === null) calls = new CallDerivation(probe, answer, eos, format.thinking.end.text, wrappers).run();
    if (calls === null) calls = genericCalls();
    amendCalls(calls, source);
    format.calls = calls;
  }
  format.controls = findControls(probe, source);
  format.setMarks();
  return format;
}

function findThinking(format: ChatFormat, probe: Probe, source: string, answer: string, prompt: string): void {
  const text = probe.thoughtfulAnswer();
  const at = text.indexOf(REASON);
  const end = at < 0 ? -1 : text.indexOf(ANSWER, at);
  if (end >= 0 && setByText(format, text.substring(0, at), text.substring(at + REASON.length, end), answer)) return;
  let start = knownStartAtEnd(probe.prompt(WITH_THINKING).trimEnd());
  if (start.length == 0) start = knownStartIn(prompt);
  if (start.length == 0) start = knownStartIn(source);
  if (start.length == 0) return;
  format.thinking.start = new Literal(start);
  format.thinking.end = new Literal(endOfThinking(start));
  format.thinking.closing = `\n${format.thinking.end.text}\n\n`;
}

/** Takes the marks from the text before and after thoughts; false if there are none. */
function setByText(format: ChatFormat, before: string, behind: string, answer: string): bool {
  const head = before.trimEnd();
  let start = knownStartAtEnd(head);
  if (start.length == 0) {
    start = lastTag(head);
    // Text before every answer does not begin thoughts.
    const answerHead = answer.substring(0, max(0, answer.indexOf(ANSWER))).trimEnd();
    if (start.length == 0 || answerHead.endsWith(start)) return false;
  }
  let end = endOfThinking(start);
  if (end.length == 0 || !behind.includes(end)) end = firstTag(behind.trimStart());
  if (end.length == 0) return false;
  format.thinking.start = new Literal(start);
  format.thinking.end = new Literal(end);
  format.thinking.closing = behind;
  return true;
}

/** The tag that a text ends with: `<...>` or `[...]`. */
function lastTag(text: string): string {
  const open = text.endsWith('>') ? text.lastIndexOf('<') : text.endsWith(']') ? text.lastIndexOf('[') : -1;
  return open < 0 ? '' : text.substring(open);
}

/** The tag that a text begins with. */
function firstTag(text: string): string {
  const close = text.startsWith('<') ? text.indexOf('>') : text.startsWith('[') ? text.indexOf(']') : -1;
  return close < 0 ? '' : text.substring(0, close + 1);
}
