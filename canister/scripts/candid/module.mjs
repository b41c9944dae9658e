// The whole generated module for a service: classes, decoders, encoders, and for every method how to read its
// arguments and how to send its reply.
import { classes } from './classes.mjs';
import { decoders, decoding } from './decoders.mjs';
import { encoders, encoding } from './encoders.mjs';
import { messageHeader } from './header.mjs';
import { pascalCase } from './interface.mjs';
import { closure, isNothing, property, typeOf } from './types.mjs';

/** Several parameters come as one object; one comes as itself. */
function parametersClass(method) {
  return { kind: 'record', name: `${pascalCase(method.name)}Arguments`, fields: method.parameters.map(parameterField) };
}

function parameterField(type, i) {
  return { label: `argument${i}`, type };
}

function reading(type, i) {
  const isOptional = type.kind === 'opt' || isNothing(type);
  const required = isOptional ? '' : `  d.require(${i});\n`;
  return { required, value: decoding(type, 'd.argument()') };
}

function reader(method) {
  const parameters = method.parameters;
  if (parameters.length === 0) return '';
  const head = (
    result,
  ) => `/** The argument of \`${method.name}\`, which means nothing where {@link Decoder.end} has a problem. */
export function read${pascalCase(method.name)}(d: Decoder): ${result} {
`;
  if (parameters.length === 1 && !isNothing(parameters[0])) {
    const [type] = parameters;
    const { required, value } = reading(type, 1);
    return `${head(typeOf(type))}${required}  return ${value};
}
`;
  }
  const { name: className, fields } = parametersClass(method);
  const steps = fields.map((field, i) => {
    const { required, value } = reading(field.type, i + 1);
    return `${required}  ${isNothing(field.type) ? '' : `value.${property(field.label)} = `}${value};\n`;
  });
  return `${head(className)}  const value = new ${className}();
${steps.join('')}  return value;
}
`;
}

function replier(method, header) {
  const values = method.results.filter((type) => !isNothing(type));
  const parameters = values.map((type, i) => `value${i}: ${typeOf(type)}`).join(', ');
  const writes = values.map((type, i) => `  ${encoding(type, `value${i}`)}\n`).join('');
  return `export function reply${pascalCase(method.name)}(${parameters}): void {
  const e = new Encoder();
  e.bytes(${header.name}, ${header.bytes.length});
${writes}  e.finish();
}
`.replaceAll('value0', values.length === 1 ? 'value' : 'value0');
}

/** Headers that several methods share are there once. */
function headersOf(methods) {
  const headers = new Map();
  for (const method of methods) {
    const bytes = messageHeader(method.results);
    const key = bytes.join();
    if (!headers.has(key)) headers.set(key, { name: `HEADER_${headers.size}`, bytes });
    method.header = headers.get(key);
  }
  return [...headers.values()];
}

/**
 * @param {{ methods: object[] }} service as `readInterface` gives it
 * @param {string} source the .did's name, for the comment
 * @param {string} candid where ic/candid lies, as seen from the module
 * @returns {string}
 */
export function generateModule(service, source, candid) {
  const methods = service.methods.map((method) => ({ ...method }));
  const inputs = closure(methods.flatMap((method) => method.parameters));
  const outputs = closure(methods.flatMap((method) => method.results));
  const types = closure([...inputs, ...outputs]);
  const several = methods.filter(
    ({ parameters }) => parameters.length > 1 || (parameters[0] && isNothing(parameters[0])),
  );
  const headers = headersOf(methods).map(({ name, bytes }) => {
    return `const ${name}: usize = memory.data<u8>([${bytes.join(', ')}]);\n`;
  });
  return [
    `// Generated from ${source} by \`npm run generate -w canister\`: do not edit.

import { Principal } from '${candid === '.' ? '../principal' : `${candid}/../principal`}';
import { Decoder } from '${candid}/decoder';
import { Encoder } from '${candid}/encoder';
import { Int, Nat } from '${candid}/integers';
import { Blob, Some, Text } from '${candid}/values';
import { NOTHING } from '${candid}/wire';

const EMPTY_TEXT = new Text(0, 0);
const EMPTY_BLOB = new Blob(0, 0);
const EMPTY_PRINCIPAL = Principal.fromBytes(0, 0);
const ZERO_NAT = new Nat(0, 0);
const ZERO_INT = new Int(0, 0);
`,
    ...classes([...types, ...several.map(parametersClass)]),
    ...decoders(inputs),
    ...encoders(outputs),
    headers.join(''),
    ...methods.flatMap((method) => [reader(method), replier(method, method.header)]),
  ].join('\n');
}
