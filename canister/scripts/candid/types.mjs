// How Candid's types look in AssemblyScript.

const primitives = {
  bool: ['bool', 'false'],
  nat8: ['u8', '0'],
  nat16: ['u16', '0'],
  nat32: ['u32', '0'],
  nat64: ['u64', '0'],
  int8: ['i8', '0'],
  int16: ['i16', '0'],
  int32: ['i32', '0'],
  int64: ['i64', '0'],
  float32: ['f32', '0'],
  float64: ['f64', '0'],
  nat: ['Nat', 'ZERO_NAT'],
  int: ['Int', 'ZERO_INT'],
  text: ['Text', 'EMPTY_TEXT'],
  blob: ['Blob', 'EMPTY_BLOB'],
  principal: ['Principal', 'EMPTY_PRINCIPAL'],
};

/** Types with one value, which is nothing: no field stands for them. */
export function isNothing(type) {
  return type.kind === 'null' || type.kind === 'reserved';
}

function isReference(type) {
  return !isNothing(type) && !/^(bool|(nat|int)(8|16|32|64)|float(32|64))$/.test(type.kind);
}

/** Whether `opt` of it is a `Some` or null, rather than the content itself or null. */
export function isBoxed(type) {
  return type.content.kind === 'opt' || !isReference(type.content);
}

/** The AssemblyScript type that values of a Candid type have. */
export function typeOf(type) {
  if (primitives[type.kind]) return primitives[type.kind][0];
  switch (type.kind) {
    case 'opt':
      if (isNothing(type.content)) throw new Error(`opt ${type.content.kind}: not supported by the generator`);
      return isBoxed(type) ? `Some<${typeOf(type.content)}> | null` : `${typeOf(type.content)} | null`;
    case 'vec':
      return `Array<${typeOf(type.content)}>`;
    case 'record':
    case 'variant':
      return type.name;
    default:
      throw new Error(`${type.kind}: no AssemblyScript type stands for it`);
  }
}

/** What a field has until it is set. */
export function defaultOf(type) {
  if (primitives[type.kind]) return primitives[type.kind][1];
  if (type.kind === 'opt') return 'null';
  if (type.kind === 'vec') return '[]';
  return `new ${type.name}()`;
}

/** The name that functions for a type have: `decode` + this. */
export function nameOf(type) {
  if (type.kind === 'opt' || type.kind === 'vec') {
    return (type.kind === 'opt' ? 'Opt' : 'Vec') + nameOf(type.content);
  }
  return type.name ?? type.kind.charAt(0).toUpperCase() + type.kind.slice(1);
}

/** All types that values of the given ones contain, themselves included, each once, contents first. */
export function closure(roots) {
  const found = new Map();
  const visit = (type) => {
    if (isNothing(type) || found.has(nameOf(type))) return;
    found.set(nameOf(type), undefined);
    if (type.content) visit(type.content);
    for (const field of type.fields ?? []) visit(field.type);
    found.delete(nameOf(type));
    found.set(nameOf(type), type);
  };
  roots.forEach(visit);
  return [...found.values()];
}

/** What cannot be a member of an enum. */
const reserved = new Set(['class', 'const', 'delete', 'enum', 'function', 'import', 'new', 'null', 'this', 'var']);

/** A property for a label: `status_code`, `function_`, and `_0_` or `_a_b_` for what is no identifier. */
export function property(label) {
  if (reserved.has(label)) return `${label}_`;
  return /^[A-Za-z_$][\w$]*$/.test(label) ? label : `_${label.replace(/\W/g, '_')}_`;
}
