import { Principal } from '@icp-sdk/core/principal';
import { LlamaError } from '../errors.js';
import { shown } from './checked.js';

/** Parses a principal's text. Errors: `BAD_PRINCIPAL`. */
export function principalOf(where: string, text: string): Principal {
  try {
    return Principal.fromText(text);
  } catch (cause) {
    throw new LlamaError('input', 'BAD_PRINCIPAL', `${where}: ${shown(text)} is no principal`, {
      value: text,
      next: 'A principal looks like uxrrr-q7777-77774-qaaaq-cai.',
      cause,
    });
  }
}
