import { Program } from '../template/program';
import { Rendering } from '../template/rendering';

/** The texts of the probing conversations; no template contains them. */
export const QUESTION: string = 'Qprobeq';
export const ANSWER: string = 'Aprobea';
export const REASON: string = 'Rprober';
export const FIRST_NAME: string = 'probealpha';
export const SECOND_NAME: string = 'probebeta';
export const FIRST_KEY: string = 'keyone';
export const SECOND_KEY: string = 'keytwo';
export const FIRST_VALUE: string = 'Vprobev';
export const SECOND_VALUE: string = '48151623';
/** Nine letters and digits, because some templates require that. */
export const FIRST_ID: string = 'idalpha01';
export const SECOND_ID: string = 'idbeta002';

const ASKED: string = `{"role":"user","content":"${QUESTION}"}`;
const TOOLS: string = `"tools":[${toolOf(FIRST_NAME)},${toolOf(SECOND_NAME)}]`;

/** Renders small conversations to see the text that a template writes around their contents. */
@final
export class Probe {
  constructor(
    private readonly program: Program,
    private readonly bos: string,
    private readonly eos: string,
  ) {}

  /** A whole prompt; `more` are further variables, each after a comma. Empty if it cannot be rendered. */
  whole(more: string): string {
    return this.render(`{"messages":[${ASKED}],"add_generation_prompt":true${more}}`);
  }

  /** The template's output after the question; empty if it cannot render, or shows no question. */
  private behindQuestion(variables: string): string {
    const text = this.render(variables);
    const at = text.lastIndexOf(QUESTION);
    return at < 0 ? '' : text.substring(at + QUESTION.length);
  }

  private render(variables: string): string {
    const json = String.UTF8.encode(variables);
    const bos = String.UTF8.encode(this.bos);
    const eos = String.UTF8.encode(this.eos);
    const rendering = new Rendering(this.program);
    rendering.setToken('bos_token', changetype<usize>(bos), bos.byteLength);
    rendering.setToken('eos_token', changetype<usize>(eos), eos.byteLength);
    rendering.setVariables(changetype<usize>(json), json.byteLength);
    let text = '';
    if (rendering.run() === null) text = String.UTF8.decodeUnsafe(rendering.output.bytes, rendering.output.length);
    rendering.dispose();
    return text;
  }

  /** The text that begins an answer; `more` are further variables, each after a comma. */
  prompt(more: string): string {
    return this.behindQuestion(`{"messages":[${ASKED}],"add_generation_prompt":true${more}}`);
  }

  answer(): string {
    return this.behindQuestion(
      `{"messages":[${ASKED},{"role":"assistant","content":"${ANSWER}"}],"add_generation_prompt":false}`,
    );
  }

  /** An answer with thoughts, under each name that templates use for them. */
  thoughtfulAnswer(): string {
    const thought = `"reasoning_content":"${REASON}","reasoning":"${REASON}","thinking":"${REASON}"`;
    const message = `{"role":"assistant","content":"${ANSWER}",${thought}}`;
    const on = '"enable_thinking":true,"thinking":true';
    return this.behindQuestion(`{"messages":[${ASKED},${message}],"add_generation_prompt":false,${on}}`);
  }

  /** An answer of `count` calls only. */
  calls(count: i32, isText: bool, isNull: bool): string {
    const first = callOf(FIRST_ID, FIRST_NAME, isText);
    const second = callOf(SECOND_ID, SECOND_NAME, isText);
    const calls = count == 1 ? first : `${first},${second}`;
    const content = isNull ? 'null' : '""';
    const message = `{"role":"assistant","content":${content},"tool_calls":[${calls}]}`;
    return this.behindQuestion(`{"messages":[${ASKED},${message}],${TOOLS},"add_generation_prompt":false}`);
  }
}

function callOf(id: string, name: string, isText: bool): string {
  const written = `{"${FIRST_KEY}":"${FIRST_VALUE}","${SECOND_KEY}":${SECOND_VALUE}}`;
  const given = isText ? `"${written.replaceAll('"', '\\"')}"` : written;
  return `{"id":"${id}","type":"function","function":{"name":"${name}","arguments":${given}}}`;
}

function toolOf(name: string): string {
  const properties = `{"${FIRST_KEY}":{"type":"string"},"${SECOND_KEY}":{"type":"integer"}}`;
  const parameters = `{"type":"object","properties":${properties},"required":["${FIRST_KEY}"]}`;
  return `{"type":"function","function":{"name":"${name}","description":"Does","parameters":${parameters}}}`;
}
