/** The methods that show, fill and grant allowances. */
import {
  AllowanceGrantInput,
  AllowanceResult,
  AllowanceTopUpInput,
  StatusCodeRecordResult,
} from '../../ic/candid/service.generated';
import { attachedCycles } from '../../ic/cycles';
import { Text } from '../../ic/candid/values';
import { caller } from '../../ic/message';
import { Principal } from '../../ic/principal';
import { principalOf } from '../access/roles';
import { because, statusOf } from '../replies/replies';
import { allowanceOf, canHave, give, topUp } from './allowances';
import { noteGranted, noteReceived } from './ledger';

const NO_PRINCIPAL: string = 'the principal is not the text of one';
const EVERYBODY: string = 'the anonymous principal is everybody, and has no allowance';

function refused(method: string, why: string): AllowanceResult {
  return AllowanceResult.Err(because(`${method}: ${why}`));
}

/** Takes all cycles that came with the call. */
export function topUpAllowance(input: AllowanceTopUpInput): AllowanceResult {
  const method = 'top_up_allowance';
  const name = input.principal;
  const who = name === null ? caller() : principalOf(name);
  if (who === null) return refused(method, NO_PRINCIPAL);
  if (who.isAnonymous) return refused(method, EVERYBODY);
  if (attachedCycles() == 0) {
    return refused(method, 'no cycles came with the call: only a canister, such as a cycles wallet, can attach some');
  }
  const accepted = topUp(who, u64.MAX_VALUE);
  if (accepted == 0) {
    return refused(method, canHave(who) ? 'the allowance is as large as it can be' : 'stable memory is full');
  }
  noteReceived(accepted);
  return AllowanceResult.Ok(allowanceOf(who));
}

export function grantAllowance(input: AllowanceGrantInput): StatusCodeRecordResult {
  const who = principalOf(input.principal);
  const wrong = who === null ? NO_PRINCIPAL : who.isAnonymous ? EVERYBODY : '';
  if (who === null || wrong.length > 0) return StatusCodeRecordResult.Err(because(`grant_allowance: ${wrong}`));
  const problem = give(who, input.cycles);
  if (problem !== null) return StatusCodeRecordResult.Err(because(`grant_allowance: ${problem.text}`));
  noteGranted(input.cycles);
  return statusOf(null);
}

/** The caller's allowance. */
export function getAllowance(): AllowanceResult {
  return AllowanceResult.Ok(allowanceOf(caller()));
}

/** The allowance of another principal. */
export function getAllowanceOf(name: Text): AllowanceResult {
  const who = principalOf(name);
  return who === null ? refused('get_allowance_of', NO_PRINCIPAL) : AllowanceResult.Ok(allowanceOf(who));
}
