/**
 * Access: controllers may do everything, holders of a role what the role allows; the access level admits everybody
 * else.
 */
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

/** Whether the caller (or another principal) may change what belongs to others: files, models, limits. */
export function mayAdminister(who: Principal = caller()): bool {
  return has(UPDATE_ROLE, who);
}

/** Whether the caller may read what belongs to others. */
export function mayInspect(): bool {
  return has(QUERY_ROLE, caller());
}

/** Whether everybody but the anonymous caller has access. */
export function isOpen(): bool {
  return level() == ALL_EXCEPT_ANONYMOUS;
}

function levelLetsIn(): bool {
  return isOpen() && !caller().isAnonymous;
}

/** Whether the caller may chat: by the level, or as an administrator. */
function isLetIn(): bool {
  return levelLetsIn() || mayAdminister();
}

/** Whether the caller may use methods that change nothing: by the level, or by a role. */
export function isLetInToAsk(): bool {
  return levelLetsIn() || mayInspect();
}

/** Audiences of methods, as the marks in llama.did name them; numbered in the order of scripts/candid/marks.mjs. */
export const ANYONE: i32 = 0;
export const NAMED: i32 = 1;
export const CHAT: i32 = 2;
export const ASK: i32 = 3;
export const INSPECT: i32 = 4;
export const ADMINISTER: i32 = 5;
export const CONTROL: i32 = 6;

/** Whether the caller belongs to an audience. */
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
  // Clients compare llama_cpp_canister's text, so quotas are appended only after set_quotas, which is ours, was called.
  const quotas = input.level == ALL_EXCEPT_ANONYMOUS ? quotasInWords() : '';
  const text = EXPLANATIONS[input.level];
  access.explanation = Text.of(quotas.length == 0 ? text : `${text}: ${quotas}`);
  return AccessRecordResult.Ok(access);
}
