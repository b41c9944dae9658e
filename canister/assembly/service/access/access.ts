/** Who may call what. Controllers may everything, others what their role says; the level says who else is let in. */
import { AccessInput, AccessRecord, AccessRecordResult } from '../../ic/candid/service.generated';
import { Text } from '../../ic/candid/values';
import { caller } from '../../ic/message';
import { Principal } from '../../ic/principal';
import { FieldWriter } from '../../storage/values';
import { quotasInWords } from '../limits/quota-settings';
import { because } from '../replies/replies';
import { QUERY_ROLE, UPDATE_ROLE, roleOf } from './roles';
import { Setting } from '../settings/settings';

const EXPLANATIONS: StaticArray<string> = ['Only controllers', 'All except anonymous'];
/** Everyone but the anonymous caller. */
const ALL_EXCEPT_ANONYMOUS: u16 = 1;

/** Version 1: level, u16. */
const setting = new Setting('access');

function level(): u16 {
  return setting.read().take<u16>();
}

function has(role: u8, who: Principal): bool {
  return who.isController || roleOf(who) >= role;
}

/** Whether the caller, or another, may change what is not his own (files, models, limits). */
export function mayAdminister(who: Principal = caller()): bool {
  return has(UPDATE_ROLE, who);
}

/** Whether the caller may look at what is not his own. */
export function mayInspect(): bool {
  return has(QUERY_ROLE, caller());
}

/** Whether everybody who has a name is let in. */
export function isOpen(): bool {
  return level() == ALL_EXCEPT_ANONYMOUS;
}

function levelLetsIn(): bool {
  return isOpen() && !caller().isAnonymous;
}

/** Whether the caller may chat: the level lets him in, or he may administer. */
function isLetIn(): bool {
  return levelLetsIn() || mayAdminister();
}

/** Whether the caller may ask what changes nothing: the level lets him in, or he may inspect. */
export function isLetInToAsk(): bool {
  return levelLetsIn() || mayInspect();
}

/** Who may call a method, as its mark in llama.did says; numbered in the order of scripts/candid/marks.mjs. */
export const ANYONE: i32 = 0;
export const NAMED: i32 = 1;
export const CHAT: i32 = 2;
export const ASK: i32 = 3;
export const INSPECT: i32 = 4;
export const ADMINISTER: i32 = 5;
export const CONTROL: i32 = 6;

/** Whether the caller is one of those. */
export function isAmong(audience: i32): bool {
  switch (audience) {
    case ANYONE:
      return true;
    case NAMED:
      return !caller().isAnonymous;
    case CHAT:
      return isLetIn();
    case ASK:
      return isLetInToAsk();
    case INSPECT:
      return mayInspect();
    case ADMINISTER:
      return mayAdminister();
    case CONTROL:
      return caller().isController;
    default:
      return false;
  }
}

/** The caller's principal as text. */
export function whoami(): Text {
  return Text.of(caller().toString());
}

export function getAccess(): AccessRecordResult {
  const access = new AccessRecord();
  access.level = level();
  access.explanation = Text.of(EXPLANATIONS[access.level]);
  return AccessRecordResult.Ok(access);
}

export function setAccess(input: AccessInput): AccessRecordResult {
  if (input.level >= <u16>EXPLANATIONS.length) return AccessRecordResult.Err(because('Invalid access level'));
  const value = new FieldWriter(1);
  value.put<u16>(input.level);
  const problem = setting.write(value);
  if (problem !== null) return AccessRecordResult.Err(because(problem.text));
  const access = new AccessRecord();
  access.level = input.level;
  // llama_cpp_canister's text, which clients compare; only who has set quotas, which it does not have, is told them.
  const quotas = input.level == ALL_EXCEPT_ANONYMOUS ? quotasInWords() : '';
  const text = EXPLANATIONS[input.level];
  access.explanation = Text.of(quotas.length == 0 ? text : `${text}: ${quotas}`);
  return AccessRecordResult.Ok(access);
}
