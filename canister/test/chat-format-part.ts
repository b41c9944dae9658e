import type { GrammarExports } from './grammar-part.js';
import { Part } from './part.js';
import type { TemplateExports } from './template-part.js';

/** The exports of testing/chat-format.ts. */
export interface ChatFormatExports extends TemplateExports, GrammarExports {
  format_detect(text: number, bytes: number): void;
  format_forget_tools(): void;
  format_add_tool(name: number, nameBytes: number, schema: number, bytes: number): void;
  format_instructions(): void;
  format_constrain(
    choice: number,
    isParallel: number,
    name: number,
    nameBytes: number,
    prompt: number,
    promptBytes: number,
    response: number,
    bytes: number,
  ): void;
  format_continue(what: number): void;
  format_split(prompt: number, bytes: number, seed: number, streams: number): void;
  format_feed(text: number, bytes: number, isControl: number): void;
  format_finish(): void;
  format_limit(most: number, isAsked: number): void;
  format_is_due(): number;
  format_variables(on: number, effort: number, effortBytes: number, budget: number): void;
  format_is_thinking(): number;
  format_events(): number;
  format_event_kind(index: number): number;
  format_event_call(index: number): number;
  format_event_bytes(index: number): number;
  format_event_length(index: number): number;
  format_clear(): void;
  format_close(): void;
}

/** A format as the engine describes it, or the problem with the template. */
export interface FormatReport {
  thinking?: string;
  calls?: string;
  answer?: string;
  parts?: string;
  controls?: string;
}

interface ToolCall {
  name: string;
  id: string;
  arguments: string;
  /** Whether the call is unfinished, complete, or was dropped. */
  state: 'open' | 'whole' | 'dropped';
}

/** The answer that the events add up to. */
export interface Split {
  text: string;
  thinking: string;
  calls: ToolCall[];
}

export interface SplitOptions {
  /** The end of the prompt. */
  prompt?: string;
  streams?: boolean;
  seed?: number;
}

export interface ConstraintOptions {
  /** The end of the prompt. */
  prompt?: string;
  choice?: 'auto' | 'none' | 'required';
  /** The tool that is to be called. */
  name?: string;
  parallel?: boolean;
  /** A JSON schema, or GBNF. */
  response?: string | object;
}

/** Finds the formats of chat templates, and splits answers by them. */
export class ChatFormatPart {
  readonly part: Part<ChatFormatExports>;

  private constructor(part: Part<ChatFormatExports>) {
    this.part = part;
  }

  static async load(): Promise<ChatFormatPart> {
    return new ChatFormatPart(await Part.load<ChatFormatExports>());
  }

  /** Finds the format of a template; it is used for the answers that are split from now on. */
  detect(template: string): FormatReport {
    this.part.withText(template, (ptr, length) => this.part.exports.format_detect(ptr, length));
    const said = this.part.said();
    if (!said.startsWith('{')) throw new Error(said);
    return JSON.parse(said) as FormatReport;
  }

  /**
   * Sets the tools that may be called, with the schemas of their parameters; undefined: any. Returns the problem, if
   * there is one.
   */
  setTools(tools: Readonly<Record<string, unknown>> | undefined): string[] {
    const { part } = this;
    part.exports.format_forget_tools();
    const add = (name: string, schema: string) => {
      part.withText(name, (ptr, length) =>
        part.withText(schema, (at, bytes) => part.exports.format_add_tool(ptr, length, at, bytes)),
      );
      return part.said();
    };
    if (tools === undefined) return [];
    add('', '');
    return Object.entries(tools)
      .map(([name, schema]) => add(name, typeof schema === 'string' ? schema : JSON.stringify(schema)))
      .filter((said) => said !== '');
  }

  /** Splits an answer that arrives in pieces; pieces in objects are control tokens. */
  split(pieces: readonly (string | Uint8Array | { control: string })[], options: SplitOptions = {}): Split {
    const { part } = this;
    const { prompt = '', streams = false, seed = 1 } = options;
    part.withText(prompt, (ptr, length) => part.exports.format_split(ptr, length, seed, streams ? 1 : 0));
    const split: Split = { text: '', thinking: '', calls: [] };
    for (const piece of pieces) {
      const isControl = typeof piece === 'object' && 'control' in piece;
      const text = isControl ? piece.control : piece;
      const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
      part.with(bytes, (ptr) => part.exports.format_feed(ptr, bytes.length, isControl ? 1 : 0));
      this.collect(split);
    }
    part.exports.format_finish();
    this.collect(split);
    part.exports.format_close();
    return split;
  }

  /** The text that tells a model of the tools. */
  instructions(): string {
    this.part.exports.format_instructions();
    return this.part.said();
  }

  /** Opens the grammar of answers with the tools; returns the problem, or an empty text. */
  constrain({
    prompt = '',
    choice = 'auto',
    name = '',
    parallel = true,
    response = '',
  }: ConstraintOptions = {}): string {
    const { part } = this;
    const number = { auto: 0, none: 1, required: 2 }[choice];
    const held = typeof response === 'string' ? response : JSON.stringify(response);
    part.withText(name, (a, aLength) =>
      part.withText(prompt, (b, bLength) =>
        part.withText(held, (c, cLength) =>
          part.exports.format_constrain(number, parallel ? 1 : 0, a, aLength, b, bLength, c, cLength),
        ),
      ),
    );
    return part.said();
  }

  /**
   * Splits an answer, one token for each piece, with a limit to its thoughts. Returns the pieces before which the end
   * of the thoughts has to be inserted.
   */
  due(pieces: readonly string[], prompt: string, most: number, asked = false): number[] {
    const { part } = this;
    part.withText(prompt, (ptr, length) => part.exports.format_split(ptr, length, 1, 0));
    part.exports.format_limit(most, asked ? 1 : 0);
    const due: number[] = [];
    pieces.forEach((piece, at) => {
      if (part.exports.format_is_due() !== 0) due.push(at);
      part.withText(piece, (ptr, length) => part.exports.format_feed(ptr, length, 0));
    });
    part.exports.format_close();
    return due;
  }

  /** The members of a template's variables, as text. */
  variables(on: number, effort = '', budget = -1): string {
    this.part.withText(effort, (ptr, length) => this.part.exports.format_variables(on, ptr, length, budget));
    return this.part.said();
  }

  private collect(split: Split): void {
    const { exports } = this.part;
    const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    for (let i = 0; i < exports.format_events(); i++) {
      const text = strict.decode(this.part.bytes(exports.format_event_bytes(i), exports.format_event_length(i)));
      const number = exports.format_event_call(i);
      const call = split.calls[number];
      switch (exports.format_event_kind(i)) {
        case 0:
          split.text += text;
          break;
        case 1:
          split.thinking += text;
          break;
        case 2: {
          if (number !== split.calls.length) throw new Error(`call ${number} begins behind ${split.calls.length}`);
          const [name = '', id = ''] = text.split('\0');
          split.calls.push({ name, id, arguments: '', state: 'open' });
          break;
        }
        default:
          if (call?.state !== 'open') throw new Error(`an event of call ${number}, which is not open`);
          if (exports.format_event_kind(i) === 3) call.arguments += text;
          else call.state = exports.format_event_kind(i) === 4 ? 'whole' : 'dropped';
      }
    }
    exports.format_clear();
  }
}
