// The bytes before the values of a reply: magic, type table, result types (Candid specification, "Types").

const opcodes = Object.fromEntries(
  [
    ...['null', 'bool', 'nat', 'int', 'nat8', 'nat16', 'nat32', 'nat64', 'int8', 'int16', 'int32', 'int64'],
    ...['float32', 'float64', 'text', 'reserved', 'empty', 'opt', 'vec', 'record', 'variant', 'func', 'service'],
    'principal',
  ].map((kind, i) => [kind, -1 - i]),
);

function leb(value) {
  const bytes = [];
  while (value >= 0x80) {
    bytes.push((value % 0x80) + 0x80);
    value = Math.floor(value / 0x80);
  }
  return [...bytes, value];
}

function sleb(value) {
  const bytes = [];
  while (value < -64 || value > 63) {
    bytes.push((value & 0x7f) | 0x80);
    value >>= 7;
  }
  return [...bytes, value & 0x7f];
}

/**
 * @param {object[]} types of the values that follow
 * @returns {number[]} bytes
 */
export function messageHeader(types) {
  const indices = new Map();
  const table = [];

  /** The structure of a type, so that equal types that are different objects (two `opt nat64`) share an entry. */
  function key(type) {
    if (type.kind === 'opt' || type.kind === 'vec') return `${type.kind} ${key(type.content)}`;
    return type.name ?? type.kind;
  }

  function reference(type) {
    if (type.kind in opcodes && !['opt', 'vec', 'record', 'variant'].includes(type.kind)) {
      return sleb(opcodes[type.kind]);
    }
    const known = indices.get(key(type));
    if (known !== undefined) return sleb(known);
    const index = table.length;
    indices.set(key(type), index);
    table.push([]);
    if (type.kind === 'blob') table[index] = [...sleb(opcodes.vec), ...sleb(opcodes.nat8)];
    else if (type.content) table[index] = [...sleb(opcodes[type.kind]), ...reference(type.content)];
    else {
      const fields = type.fields.flatMap((field) => [...leb(field.id), ...reference(field.type)]);
      table[index] = [...sleb(opcodes[type.kind]), ...leb(type.fields.length), ...fields];
    }
    return sleb(index);
  }

  const references = types.map(reference);
  return [...Buffer.from('DIDL'), ...leb(table.length), ...table.flat(), ...leb(types.length), ...references.flat()];
}
