/** Whether a model answers, said to whoever asks: what is loaded, from where and why not is only for those who are let in. */
import { StatusCodeRecordResult } from '../../ic/candid/service.generated';
import { isLetInToAsk } from '../access/access';
import { NOT_LOADED, whyNotReady } from './model';
import { because, statusOk } from '../replies/replies';

/** Why no model answers, for strangers, who are told what goes on and neither the file nor the reason; '' if one does. */
export function whyNotReadyToStrangers(): string {
  const why = whyNotReady();
  if (why.length == 0) return '';
  // "loading 43 % (FILE)", and "loading has come to a halt at 43 % (FILE): ..."
  return why.startsWith('loading') ? why.substring(0, max(why.indexOf(' ('), 'loading'.length)) : NOT_LOADED;
}

export function ready(): StatusCodeRecordResult {
  const why = isLetInToAsk() ? whyNotReady() : whyNotReadyToStrangers();
  return why.length == 0 ? statusOk() : StatusCodeRecordResult.Err(because(why));
}
