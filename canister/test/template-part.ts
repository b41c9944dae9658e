import { Part } from './part.js';

/** The exports of testing/template.ts. */
export interface TemplateExports {
  template_compile(text: number, bytes: number): void;
  template_render(
    json: number,
    bytes: number,
    time: number,
    bos: number,
    bosBytes: number,
    eos: number,
    eosBytes: number,
  ): void;
  template_prompt(json: number, bytes: number, continues: number): void;
  template_bytes(): number;
  template_length(): number;
  template_runs(): number;
  template_run_count(): number;
  template_close(): void;
  template_dispose(): void;
}

/** A piece of a rendered text, and its origin. */
interface Segment {
  text: string;
  fromTemplate: boolean;
}

export type Rendered = { text: string; segments: Segment[]; error?: undefined } | { error: string; text?: undefined };

export interface RenderOptions {
  /** The time, in seconds since 1970. */
  time?: number;
  bos?: string;
  eos?: string;
}

/** Chat templates as the engine renders them. */
export class TemplatePart {
  readonly part: Part<TemplateExports>;

  /** @param part the instance of a test entry, which others may share */
  constructor(part: Part<TemplateExports>) {
    this.part = part;
  }

  static async load(): Promise<TemplatePart> {
    return new TemplatePart(await Part.load<TemplateExports>());
  }

  /** Reads a template; returns the problem, or an empty text. */
  compile(template: string | Uint8Array): string {
    const bytes = typeof template === 'string' ? new TextEncoder().encode(template) : template;
    this.part.with(bytes, (ptr) => this.part.exports.template_compile(ptr, bytes.length));
    return this.part.said();
  }

  /** Renders the template that was read last. */
  render(variables: unknown, { time = 0, bos = '<s>', eos = '</s>' }: RenderOptions = {}): Rendered {
    const { part } = this;
    const json = typeof variables === 'string' ? variables : JSON.stringify(variables);
    part.withText(json, (ptr, length) =>
      part.withText(bos, (bosPtr, bosLength) =>
        part.withText(eos, (eosPtr, eosLength) =>
          part.exports.template_render(ptr, length, time, bosPtr, bosLength, eosPtr, eosLength),
        ),
      ),
    );
    return this.rendered();
  }

  /**
   * The prompt that the last template makes of messages, with the tokens <s> and </s>. If the last message is
   * continued, the prompt ends within it.
   */
  prompt(variables: unknown, continues: 'nothing' | 'text' | 'thoughts' = 'nothing'): Rendered {
    const what = ['nothing', 'text', 'thoughts'].indexOf(continues);
    const json = typeof variables === 'string' ? variables : JSON.stringify(variables);
    this.part.withText(json, (ptr, length) => this.part.exports.template_prompt(ptr, length, what));
    return this.rendered();
  }

  private rendered(): Rendered {
    const { part } = this;
    const error = part.said();
    if (error !== '') return { error };
    const bytes = part.bytes(part.exports.template_bytes(), part.exports.template_length()).slice();
    const words = part.bytes(part.exports.template_runs(), 4 * part.exports.template_run_count()).slice();
    const runs = [...new Uint32Array(words.buffer)];
    const text = (from: number, to: number) => Buffer.from(bytes.subarray(from, to)).toString();
    const segments = runs.map((run, i) => ({
      text: text(run >>> 1, (runs[i + 1] ?? bytes.length << 1) >>> 1),
      fromTemplate: (run & 1) === 1,
    }));
    return { text: text(0, bytes.length), segments };
  }

  /** Reads a template and renders it. */
  run(template: string, variables: unknown = {}, options: RenderOptions = {}): Rendered {
    const error = this.compile(template);
    return error === '' ? this.render(variables, options) : { error };
  }
}
