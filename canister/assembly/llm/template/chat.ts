import { Problem } from '../../problem';
import { endIn, withEnd } from './continued-message';
import { Continues } from './continues';
import { Output } from './output';
import { Program } from './program';
import { Rendering } from './rendering';
import { asRole, contentOf, hasRole, inParts, inTurns, markOf, withMarks, withoutSystem } from './repairs';
import { countOf, itemOf } from './lists';
import { find, plainText } from './texts';
import { cellOf, isList } from './values';

/** Ways to change the messages, from none to the most; as many again with contents in parts. */
const REPAIRS: i32 = 6;
const WAYS: i32 = 2 * REPAIRS;

/**
 * The prompt of a conversation by a template, or the reason why there is none.
 *
 * A template may leave out or refuse some messages: a system message, a second message of the user's. Then the messages
 * are changed until all of them appear, and first as llama.cpp does: the system message is put in front of the first
 * user message. Short marks in place of the texts show whether a message appears, so that the search costs little.
 */
@final
export class ChatPrompt {
  time: i64 = 0;
  /** The part of the last message, by the assistant, that ends the prompt. */
  continues: Continues = Continues.Nothing;
  private bos: usize = 0;
  private bosBytes: u32 = 0;
  private eos: usize = 0;
  private eosBytes: u32 = 0;
  private rendering: Rendering | null = null;
  /** Whether the last attempt leaves out a user's message other than the last one. */
  private losesEarlier: bool = false;

  /**
   *
   * @param json `bytes` bytes: an object with messages and the template's other inputs; it must not be released
   */
  constructor(
    private readonly program: Program,
    private readonly json: usize,
    private readonly bytes: u32,
  ) {}

  /** Sets the texts of the tokens that begin and end a sequence; they have to stay. */
  setTokens(bos: usize, bosBytes: u32, eos: usize, eosBytes: u32): void {
    this.bos = bos;
    this.bosBytes = bosBytes;
    this.eos = eos;
    this.eosBytes = eosBytes;
  }

  /** The prompt's text and its sources, until `dispose`. */
  get output(): Output {
    return this.rendering!.output;
  }

  /** Whether the prompt begins with the token that begins a sequence, so that a tokenizer need not add it. */
  get hasBos(): bool {
    const output = this.output;
    if (this.bosBytes == 0 || output.length < this.bosBytes) return false;
    return memory.compare(output.bytes, this.bos, this.bosBytes) == 0;
  }

  /** Makes the prompt. Null, or the problem. */
  make(): Problem | null {
    let first: Problem | null = null;
    let lost = '';
    let isCut = false;
    for (let way = 0; way < WAYS; ++way) {
      const tried = this.begin(way, true);
      const problem = tried.run();
      const isRun = problem === null;
      const left = isRun ? this.leftOut(tried) : '';
      if (first === null) first = problem;
      const isContinued = this.continues == Continues.Nothing || (isRun && endIn(tried) >= 0);
      tried.dispose();
      if (isRun && !isContinued) {
        isCut = true;
        continue;
      }
      if (isRun && left.length == 0) return this.render(way);
      // A template that shows only the end of a conversation, as the last message, is taken at its word.
      if (isRun && lost.length == 0) lost = this.losesEarlier ? EARLIER : left;
    }
    if (lost == EARLIER) return this.render(0);
    if (isCut && lost.length == 0) return this.whyNotContinued;
    return lost.length > 0 ? new Problem(`the chat template leaves out what the ${lost} says`) : first;
  }

  private get whyNotContinued(): Problem {
    const end =
      this.continues == Continues.Text
        ? 'text of the last message, so that it'
        : 'thoughts of the last message, so that they';
    return new Problem(`the chat template leaves out the ${end} cannot be continued`);
  }

  private render(way: i32): Problem | null {
    const rendering = this.begin(way, false);
    let problem = rendering.run();
    if (problem === null && this.continues != Continues.Nothing) {
      const end = endIn(rendering);
      if (end >= 0) rendering.output.cut(end);
      else problem = this.whyNotContinued;
    }
    if (problem === null) this.rendering = rendering;
    else rendering.dispose();
    return problem;
  }

  /** A rendering with the messages changed in a way. */
  private begin(way: i32, isMarked: bool): Rendering {
    const rendering = new Rendering(this.program);
    rendering.time = this.time;
    rendering.setToken('bos_token', this.bos, this.bosBytes);
    rendering.setToken('eos_token', this.eos, this.eosBytes);
    rendering.setVariables(this.json, this.bytes);
    if (!isList(rendering.given)) return rendering;
    let list = cellOf(rendering.given);
    // OpenAI's own format has a role `developer`; all others call it `system`.
    if (!this.program.hasChannels) list = asRole(rendering, list, 'developer', 'system', 0);
    if (isMarked) list = withMarks(rendering, list);
    if (this.continues != Continues.Nothing) list = withEnd(rendering, list, this.continues);
    list = repaired(rendering, list, way % REPAIRS);
    rendering.setMessages(way < REPAIRS ? list : inParts(rendering, list));
    return rendering;
  }

  /** The role of the last message that is not in the rendered text; empty if all are. Answers may be left out. */
  private leftOut(rendering: Rendering): string {
    const given = rendering.given;
    if (!isList(given)) return '';
    const output = rendering.output;
    const whole = plainText(rendering.arena, output.bytes, output.length, true);
    const list = cellOf(given);
    let lost: u32 = u32.MAX_VALUE;
    let last: u32 = 0;
    let from: u32 = 0;
    for (let i: u32 = 0; i < countOf(list); ++i) {
      const message = itemOf(list, i);
      if (contentOf(rendering, message) == 0 || hasRole(rendering, message, 'assistant')) continue;
      last = i;
      const mark = cellOf(markOf(rendering, i));
      // Mostly they come one behind the other.
      let at = find(whole, mark, from);
      if (at < 0) at = find(whole, mark, 0);
      if (at < 0) lost = i;
      else from = at;
    }
    if (lost == u32.MAX_VALUE) return '';
    const message = itemOf(list, lost);
    const isUser = hasRole(rendering, message, 'user');
    this.losesEarlier = isUser && lost != last;
    return isUser ? 'user' : hasRole(rendering, message, 'tool') ? 'tool' : 'system';
  }

  dispose(): void {
    const rendering = this.rendering;
    if (rendering !== null) rendering.dispose();
    this.rendering = null;
  }
}

/** The value of `lost` if only earlier messages of the user's are left out. */
const EARLIER: string = 'earlier';

function repaired(rendering: Rendering, list: usize, repair: i32): usize {
  switch (repair) {
    case 0:
      return list;
    case 1:
      return withoutSystem(rendering, list);
    case 2:
      return inTurns(rendering, list);
    case 3:
      return withoutSystem(rendering, inTurns(rendering, list));
    case 4:
      return inTurns(rendering, asRole(rendering, list, 'system', 'user', 1));
    default: {
      const turns = inTurns(rendering, asRole(rendering, inTurns(rendering, list), 'system', 'user', 1));
      return inTurns(rendering, withoutSystem(rendering, turns));
    }
  }
}
