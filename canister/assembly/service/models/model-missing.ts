/** The problem that there is no model, with what to do about it. */
import { Problem } from '../../problem';
import { NOT_LOADED, whyNotReady } from './model';

/** Why no model can answer; null if one can. */
export function whyNoModel(): Problem | null {
  const why = whyNotReady();
  // The text of llama_cpp_canister's methods, which says nothing about what to do.
  if (why === null || !why.text.startsWith(NOT_LOADED)) return why;
  return new Problem(`${why.text}; load_model loads one`, why.code);
}
