import { Template } from '@huggingface/jinja';

/** The text that @huggingface/jinja renders from a template, or undefined if it cannot render it. */
export function huggingFace(template: string, variables: object): string | undefined {
  try {
    return new Template(template).render({ bos_token: '<s>', eos_token: '</s>', ...variables });
  } catch {
    return undefined;
  }
}
