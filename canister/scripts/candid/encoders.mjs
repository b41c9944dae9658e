// Functions that write a value of a service's type, made of what ic/candid/encoder.ts offers.
import { isBoxed, isNothing, nameOf, property, typeOf } from './types.mjs';

const composite = ['opt', 'vec', 'record', 'variant'];

/** A statement that writes the expression `value`. */
export function encoding(type, value) {
  return composite.includes(type.kind) ? `encode${nameOf(type)}(e, ${value});` : `e.${type.kind}(${value});`;
}

function opt(type) {
  return `  e.bool(value !== null);
  if (value !== null) ${encoding(type.content, isBoxed(type) ? 'value.value' : 'value')}
`;
}

function vec(type) {
  return `  e.leb(value.length);
  for (let i = 0; i < value.length; ++i) ${encoding(type.content, 'value[i]')}
`;
}

function record(type) {
  return type.fields
    .filter((field) => !isNothing(field.type))
    .map((field) => `  ${encoding(field.type, `value.${property(field.label)}`)}\n`)
    .join('');
}

function variant(type) {
  const cases = type.fields
    .filter((field) => !isNothing(field.type))
    .map((field) => {
      const label = property(field.label);
      const isNullable = field.type.kind === 'record' || field.type.kind === 'variant';
      return `    case ${type.name}Tag.${label}:
      ${encoding(field.type, `value.${label}${isNullable ? '!' : ''}`)}
      break;
`;
    });
  return `  e.leb(value.tag);
${cases.length > 0 ? `  switch (value.tag) {\n${cases.join('')}    default:\n  }\n` : ''}`;
}

/** @param {object[]} types as {@link closure} gives them */
export function encoders(types) {
  const body = { opt, vec, record, variant };
  return types
    .filter((type) => composite.includes(type.kind))
    .map(
      (type) =>
        `function encode${nameOf(type)}(e: Encoder, value: ${typeOf(type)}): void {\n${body[type.kind](type)}}\n`,
    );
}
