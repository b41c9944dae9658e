// Functions that decode a value of a wire type as an expected type, made of what ic/candid/decoder.ts offers.
import { isBoxed, isNothing, nameOf, property, typeOf } from './types.mjs';

const composite = ['opt', 'vec', 'record', 'variant'];

/** An expression that decodes a value whose wire type is the expression `wire`. */
export function decoding(type, wire) {
  if (type.kind === 'null') return `d.nul(${wire})`;
  if (type.kind === 'reserved') return `d.skip(${wire})`;
  return composite.includes(type.kind) ? `decode${nameOf(type)}(d, ${wire})` : `d.${type.kind}(${wire})`;
}

function assignment(field, wire) {
  const label = property(field.label);
  const value = decoding(field.type, wire);
  return isNothing(field.type) ? `${value};` : `value.${label} = ${value};`;
}

function opt(type) {
  return `  const content = d.optional(wire);
  if (content == NOTHING) return null;
  const mark = d.mark;
  const value = ${decoding(type.content, 'content')};
  if (d.recover(mark, content)) return null;
  return ${isBoxed(type) ? `new Some<${typeOf(type.content)}>(value)` : 'value'};
`;
}

function vec(type) {
  return `  const values = new Array<${typeOf(type.content)}>();
  const element = d.vector(wire);
  for (let i: u32 = 0, length = d.length; i < length && d.next(); ++i) values.push(${decoding(type.content, 'element')});
  return values;
`;
}

function record(type) {
  const required = type.fields.filter((field) => !isNothing(field.type) && field.type.kind !== 'opt');
  if (required.length > 64) throw new Error(`${type.name}: more than 64 fields that have to be there`);
  const cases = type.fields.map((field) => {
    const bit = required.indexOf(field);
    const seen = bit < 0 ? '' : `          seen |= ${1n << BigInt(bit)};\n`;
    return `        case ${field.id}:
          ${assignment(field, 'content')}
${seen}          d.within('${field.label}');
          break;
`;
  });
  const missing = required.map((field, bit) => {
    return `    if ((seen & ${1n << BigInt(bit)}) == 0) d.refuse('the field ${field.label} is missing');\n`;
  });
  return `  const value = new ${type.name}();
  if (d.record(wire)) {
${required.length > 0 ? '    let seen: u64 = 0;\n' : ''}    const end = d.endField(wire);
    for (let field = d.firstField(wire); field < end && !d.failed; ++field) {
      const content = d.fieldType(field);
      switch (d.fieldId(field)) {
${cases.join('')}        default:
          d.skip(content);
      }
    }
${missing.length > 0 ? `    if (!d.failed) {\n${missing.join('').replace(/^/gm, '  ').trimEnd()}\n    }\n` : ''}  }
  d.leave();
  return value;
`;
}

function variant(type) {
  const cases = type.fields.map((field) => {
    return `      case ${field.id}:
        value.tag = ${type.name}Tag.${property(field.label)};
        ${assignment(field, 'content')}
        d.within('${field.label}');
        break;
`;
  });
  const names = type.fields.map((field) => field.label).join(', ');
  return `  const value = new ${type.name}();
  const field = d.variant(wire);
  if (field != NOTHING) {
    const content = d.fieldType(field);
    switch (d.fieldId(field)) {
${cases.join('')}      default:
        d.refuse('the variant is none of ${names}');
    }
  }
  d.leave();
  return value;
`;
}

/** @param {object[]} types as {@link closure} gives them */
export function decoders(types) {
  const body = { opt, vec, record, variant };
  return types
    .filter((type) => composite.includes(type.kind))
    .map(
      (type) => `function decode${nameOf(type)}(d: Decoder, wire: i32): ${typeOf(type)} {\n${body[type.kind](type)}}\n`,
    );
}
