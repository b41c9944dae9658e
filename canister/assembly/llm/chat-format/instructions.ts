import { CallForm } from './call-form';
import { ToolSet } from './tools';

/**
 * What the system message has to tell the model about tools because its template does not; empty if the template does.
 */
export function toolInstructions(form: CallForm, tools: ToolSet): string {
  if (!form.isGeneric || tools.count == 0) return '';
  return (
    'You can call functions. These are the functions, with JSON schemas of their parameters:\n' +
    `${tools.json}\n` +
    'To call functions, answer with nothing but JSON of this form:\n' +
    '{"tool_calls": [{"name": "NAME", "arguments": {"PARAMETER": "VALUE"}}]}\n' +
    'The results are given to you. To answer without a call, answer as usual, in plain text.'
  );
}
