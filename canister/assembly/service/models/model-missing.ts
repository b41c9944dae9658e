/** Why something cannot be done for want of a model, and what to do about it. */
import { Problem } from '../../problem';
import { NOT_LOADED, whyNotReady } from './model';

/** Why there is no model that could answer; null if there is one. */
export function whyNoModel(): Problem | null {
  const why = whyNotReady();
  // The text is that of llama_cpp_canister's methods, which says no more.
  if (why === null || !why.text.startsWith(NOT_LOADED)) return why;
  return new Problem(`${why.text}; load_model loads one`, why.code);
}
