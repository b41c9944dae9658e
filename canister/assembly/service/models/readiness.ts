/** Whether a model answers. Which one, from which file, and why not is shown only to callers with access. */
import { Code, Problem } from '../../problem';
import { StatusCodeRecordResult } from '../../ic/candid/service.generated';
import { isLetInToAsk } from '../access/access';
import { NOT_LOADED, whyNotReady } from './model';
import { statusOf } from '../replies/replies';

/** Why no model answers, for strangers: without the file and the reason; null if one does. */
export function whyNotReadyToStrangers(): Problem | null {
  const why = whyNotReady();
  if (why === null) return null;
  if (why.code != Code.LOADING) return new Problem(NOT_LOADED);
  // "loading 43 % (FILE)", and "loading has come to a halt at 43 % (FILE): ..."
  return new Problem(why.text.substring(0, why.text.indexOf(' (')));
}

export function ready(): StatusCodeRecordResult {
  const why = isLetInToAsk() ? whyNotReady() : whyNotReadyToStrangers();
  return statusOf(why);
}
