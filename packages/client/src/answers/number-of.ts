import { shown } from '../checks/checked.js';
import { LlamaError } from '../errors.js';

/** The number of a generation, given as a number, bigint or text. Errors: `BAD_GENERATION`. */
export function numberOf(id: bigint | number | string): bigint {
  if (['bigint', 'number', 'string'].includes(typeof id) && /^\d{1,20}$/.test(String(id))) return BigInt(id);
  throw new LlamaError('input', 'BAD_GENERATION', `${shown(id)} is no number of a generation`, {
    value: id,
    next: 'Give what `id` of an answer says.',
  });
}
