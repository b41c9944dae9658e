// The module of the canister's entry points: for every method of llama.did its guard, the decoding of its argument, the
// call of what does the work (assembly/methods.ts) and its reply; and canister_inspect_message, which has the same guards.
import { pascalCase } from './candid/interface.mjs';
import { readMarks } from './candid/marks.mjs';

/** How a method answers with a problem: an ApiError, the Err of a command line, or a rejection of the message. */
function refusal(method) {
  const [result] = method.results;
  const err = result?.kind === 'variant' ? result.fields.find((field) => field.label === 'Err')?.type.name : undefined;
  const reply = `wire.reply${pascalCase(method.name)}`;
  if (err === 'ApiError') return (problem) => `${reply}(wire.${result.name}.Err(apiError(${problem})))`;
  if (err === 'OutputRecord') return (problem) => `${reply}(failed(${problem}))`;
  return (problem) => `reject(${problem}.text)`;
}

function entryPoint(method, { who, most, certified, later }) {
  const pascal = pascalCase(method.name);
  const refuse = later ? (problem) => `reject(${problem}.text)` : refusal(method);
  const isQuery = method.mode !== 'update';
  const guard = isQuery
    ? `whyNotAsked('${method.name}', ${who.toUpperCase()}, ${most}, ${certified})`
    : `whyNotDone('${method.name}', ${who.toUpperCase()}, ${most})`;
  const takes = method.parameters.length > 0;
  const read = takes
    ? `const argument = begin('${method.name}');
    const input = wire.read${pascal}(argument);
    const unread = argument.${later ? 'endWhole' : 'end'}();`
    : `const unread = begin('${method.name}').end();`;
  const call = `methods.${method.name}(${takes ? 'input' : ''})`;
  return `export function ${method.name}(): void {
  ${isQuery ? 'respond' : 'update'}(() => {
    const refused = ${guard};
    if (refused !== null) return ${refuse('refused')};
    ${read}
    if (unread !== null) return ${refuse('unread')};
    ${later ? call : `wire.reply${pascal}(${call})`};
  });
}
`;
}

function welcome(method, { who, most, certified }) {
  const call =
    method.mode === 'update'
      ? `mayDo(${who.toUpperCase()}, ${most})`
      : `mayAsk(${who.toUpperCase()}, ${most}, ${certified})`;
  return `  if (method == '${method.name}') return ${call};\n`;
}

/**
 * @param {{ text: string, methods: object[] }} service as `readInterface` gives it
 * @returns {string}
 */
export function methodsModule(service) {
  const marks = readMarks(service);
  const each = (write) => service.methods.map((method) => write(method, marks.get(method.name)));
  const audiences = [...new Set([...marks.values()].map(({ who }) => who.toUpperCase()))].sort();
  return `// Generated from llama.did by \`npm run generate -w canister\`: do not edit.

import { begin } from './ic/candid/arguments';
import * as wire from './ic/candid/service.generated';
import { acceptMessage, methodName, reject, respond } from './ic/message';
import * as methods from './methods';
import { ${audiences.join(', ')} } from './service/access/access';
import { mayAsk, mayDo, whyNotAsked, whyNotDone } from './service/access/door';
import { apiError, failed } from './service/replies/replies';
import { update } from './service/settings/tasks';

${each(entryPoint).join('\n')}
/** Whether a message that is sent to a method as an update may come in. Nothing of it is charged unless it may. */
function isWelcome(method: string): bool {
${each(welcome).join('')}  return false;
}

export function canister_inspect_message(): void {
  if (isWelcome(methodName())) acceptMessage();
}
`;
}
