// Tools as clients describe them. Tools that OpenAI itself would run are left out, because the model cannot use them.
import { z } from 'zod';
import type { Tool, ToolChoice } from '../backend.js';
import { invalid } from '../refusal.js';
import { checkedPart } from './checked.js';

const name = z.string().min(1).max(256);
const description = z.string().nullish();
const parameters = z.record(z.string(), z.unknown()).nullish();
const strict = z.boolean().nullish();

/** Chat completions wrap a tool in a field `function`; responses do not. */
const tool = z.looseObject({ type: z.string() });
const nested = z.looseObject({ function: z.looseObject({ name, description, parameters, strict }) });
const flat = z.looseObject({ name, description, parameters, strict });
const namespace = z.looseObject({ name, tools: z.array(tool) });

export const toolsField = z.array(tool).max(512).nullish();
export const toolChoiceField = z.union([z.string(), z.looseObject({ type: z.string() })]).nullish();

/** The namespace of a tool, and its name there; the model sees one name that combines both. */
export interface Origin {
  namespace: string;
  name: string;
}

export interface Toolbox {
  tools: Tool[];
  /** Tools in a namespace, by the name that the model sees. */
  origins: Map<string, Origin>;
  /** The types of tools that were left out. */
  ignored: string[];
}

export const flatName = ({ namespace, name }: Origin): string =>
  namespace.endsWith('__') ? `${namespace}${name}` : `${namespace}__${name}`;

type Given = z.infer<typeof tool>;

/** @param longest  the longest name, in characters, with OpenAI's and Anthropic's alphabet; undefined: any name */
export function toolbox(given: readonly Given[] | null | undefined, longest?: number): Toolbox {
  const box: Toolbox = { tools: [], origins: new Map(), ignored: [] };
  const add = (each: Given, at: string, inside?: string): void => {
    if (each.type === 'namespace' && inside === undefined) {
      const { name: prefix, tools } = checkedPart(namespace, each, at);
      tools.forEach((inner, i) => {
        add(inner, `${at}.tools[${i}]`, prefix);
      });
      return;
    }
    if (each.type !== 'function') {
      box.ignored.push(`tools of type ${each.type}`);
      return;
    }
    const said = 'function' in each ? checkedPart(nested, each, at).function : checkedPart(flat, each, at);
    if (longest !== undefined && !(said.name.length <= longest && /^[\w-]+$/.test(said.name))) {
      const field = 'function' in each ? 'function.name' : 'name';
      throw invalid(`${at}.${field}`, `a name has 1 to ${longest} letters, digits, _ and -`);
    }
    const known = inside === undefined ? said.name : flatName({ namespace: inside, name: said.name });
    if (box.tools.some((other) => other.name === known)) throw invalid(`${at}.name`, `there are two tools "${known}"`);
    if (inside !== undefined) box.origins.set(known, { namespace: inside, name: said.name });
    box.tools.push({
      name: known,
      description: said.description ?? undefined,
      parameters: said.parameters ?? { type: 'object', properties: {} },
      ...(typeof said.strict === 'boolean' ? { strict: said.strict } : {}),
    });
  };
  (given ?? []).forEach((each, i) => {
    add(each, `tools[${i}]`);
  });
  return box;
}

const named = z.looseObject({
  name: name.optional(),
  namespace: z.string().nullish(),
  function: z.looseObject({ name }).optional(),
});
const allowed = z.looseObject({ mode: z.enum(['auto', 'required']), tools: z.array(named) });

const nameIn = (given: z.infer<typeof named>): string | undefined => {
  const called = given.function?.name ?? given.name;
  return called !== undefined && given.namespace ? flatName({ namespace: given.namespace, name: called }) : called;
};

/** Which of the tools the model may or must call. */
export function toolChoice(
  given: z.infer<typeof toolChoiceField>,
  tools: readonly Tool[],
): { choice: ToolChoice; tools: Tool[] } {
  const all = [...tools];
  const has = (called: string | undefined) => tools.some((each) => each.name === called);
  if (given === undefined || given === null || given === 'auto') return { choice: 'auto', tools: all };
  if (given === 'none') return { choice: 'none', tools: all };
  if (given === 'required' || given === 'any') {
    if (tools.length === 0) throw invalid('tool_choice', 'a tool is required, but there are no tools');
    return { choice: 'required', tools: all };
  }
  if (typeof given === 'string') throw invalid('tool_choice', `"${given}" is not auto, none or required`);
  if (given.type === 'allowed_tools') {
    const inner = 'allowed_tools' in given ? given.allowed_tools : given;
    const { mode, tools: list } = checkedPart(allowed, inner, 'tool_choice');
    const names = list.map(nameIn);
    return { choice: mode, tools: all.filter((each) => names.includes(each.name)) };
  }
  if (given.type !== 'function' && given.type !== 'tool') return { choice: 'auto', tools: all };
  const called = nameIn(checkedPart(named, given, 'tool_choice'));
  if (!has(called)) throw invalid('tool_choice', `there is no tool "${called}"`);
  return { choice: { name: called! }, tools: all };
}
