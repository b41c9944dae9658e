import { Arena } from './arena';
import { NOTHING, Value } from './values';

/**
 * Variables in raw memory: scope [ the one around it | first variable: u32 ], variable [ name | next: u32 | value: u64
 * ]. A macro sees the variables around its call, as in @huggingface/jinja, so scopes are linked as they are entered.
 */

const VARIABLE: usize = 16;

// @ts-ignore: decorator
@inline
export function newScope(arena: Arena, around: usize): usize {
  const scope = arena.take(8);
  store<u32>(scope, <u32>around);
  store<u32>(scope, 0, 4);
  return scope;
}

function findIn(scope: usize, name: u32): usize {
  let variable: usize = load<u32>(scope, 4);
  while (variable != 0 && load<u32>(variable) != name) variable = load<u32>(variable, 4);
  return variable;
}

/** Sets a variable of a scope itself. */
export function setVariable(arena: Arena, scope: usize, name: u32, value: Value): void {
  const known = findIn(scope, name);
  if (known != 0) {
    store<u64>(known, value, 8);
    return;
  }
  const variable = arena.take(VARIABLE);
  store<u32>(variable, name);
  store<u32>(variable, load<u32>(scope, 4), 4);
  store<u64>(variable, value, 8);
  store<u32>(scope, <u32>variable, 4);
}

/** The variable's value in the nearest scope that has it. */
export function variableOf(scope: usize, name: u32): Value {
  for (let at = scope; at != 0; at = load<u32>(at)) {
    const variable = findIn(at, name);
    if (variable != 0) return load<u64>(variable, 8);
  }
  return NOTHING;
}
