// The classes for a service's records and variants.
import { defaultOf, isNothing, property, typeOf } from './types.mjs';

function fieldsOf(type) {
  return type.fields.filter((field) => !isNothing(field.type));
}

function record(type) {
  const fields = fieldsOf(type).map((field) => {
    return `  ${property(field.label)}: ${typeOf(field.type)} = ${defaultOf(field.type)};\n`;
  });
  return `@final\nexport class ${type.name} {\n${fields.join('')}}\n`;
}

/** A case's value: records and variants are null in the other cases, so that none is made for nothing. */
function caseType(type) {
  return type.kind === 'record' || type.kind === 'variant' ? `${type.name} | null` : typeOf(type);
}

function variant(type) {
  const tags = type.fields.map((field) => `  ${property(field.label)},\n`);
  const values = fieldsOf(type).map((field) => {
    const initial = caseType(field.type).endsWith('null') ? 'null' : defaultOf(field.type);
    return `  ${property(field.label)}: ${caseType(field.type)} = ${initial};\n`;
  });
  const makers = type.fields.map((field) => {
    const label = property(field.label);
    const parameter = isNothing(field.type) ? '' : `value: ${typeOf(field.type)}`;
    const set = parameter && `    made.${label} = value;\n`;
    return `
  static ${label}(${parameter}): ${type.name} {
    const made = new ${type.name}();
    made.tag = ${type.name}Tag.${label};
${set}    return made;
  }
`;
  });
  return `export enum ${type.name}Tag {
${tags.join('')}}

@final
export class ${type.name} {
  tag: ${type.name}Tag = ${type.name}Tag.${property(type.fields[0].label)};
${values.join('')}${makers.join('')}}
`;
}

/** @param {object[]} types as {@link closure} gives them */
export function classes(types) {
  return types.flatMap((type) => {
    if (type.kind === 'record') return [record(type)];
    if (type.kind === 'variant') return [variant(type)];
    return [];
  });
}
