import { CallForm } from './call-form';
import { ToolSet } from './tools';

/**
 * What a model has to be told of tools that its template knows nothing of, for its system message; empty if the template
 * tells it.
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
