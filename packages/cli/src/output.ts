import pc from 'picocolors';
import { type Invocation, renderHints } from './hints.js';

type Colors = ReturnType<typeof pc.createColors>;

export interface Streams {
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
}

function colors(stream: NodeJS.WriteStream): Colors {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  return pc.createColors(!NO_COLOR && (!!FORCE_COLOR || (stream.isTTY === true && TERM !== 'dumb')));
}

/**
 * A command's output: results to stdout, everything else to stderr. With --json, stdout has only JSON, one document a
 * line.
 */
export class Output {
  readonly json: boolean;
  /** A printed result reports a failure: the command exits as failed. */
  failed = false;
  readonly colors: Colors;
  readonly errorColors: Colors;
  readonly stderr: NodeJS.WriteStream;
  /** How the program was called, for the commands that it shows. */
  readonly invocation: Invocation;
  readonly #stdout: NodeJS.WriteStream;

  constructor(json: boolean, streams: Streams = process, invocation: Invocation = { program: 'llama-canister' }) {
    this.json = json;
    this.invocation = invocation;
    this.#stdout = streams.stdout;
    this.stderr = streams.stderr;
    this.colors = colors(streams.stdout);
    this.errorColors = colors(streams.stderr);
  }

  /** Text for people on stdout, without a line end; nothing with --json. */
  write(text: string): void {
    if (!this.json) this.#stdout.write(text);
  }

  /** A line for people on stdout; nothing with --json. */
  line(text = ''): void {
    this.write(`${this.render(text)}\n`);
  }

  /** A line on stderr: progress and remarks. */
  note(text: string): void {
    this.stderr.write(`${this.render(text)}\n`);
  }

  /** A text with its commands as this user has to type them (see hints.ts). */
  render(text: string): string {
    return renderHints(text, this.invocation);
  }

  /** A command's result: for people, or as JSON. */
  result(value: unknown, human: string): void {
    if (this.json) this.printJson(value);
    else this.line(human);
  }

  /** JSON on stdout; numbers too large for JSON become text. */
  printJson(value: unknown): void {
    const text = JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner));
    this.#stdout.write(`${text}\n`);
  }
}
