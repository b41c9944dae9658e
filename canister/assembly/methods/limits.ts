/** Methods of what a call, a caller and the canister may use: tokens, instructions, quotas. */
import { rejectArgument } from '../ic/candid/arguments';
import * as wire from '../ic/candid/service.generated';
import { respond } from '../ic/message';
import { isLetInToAsk, mayAdminister } from '../service/access';
import { getInstructionBudget, setInstructionBudget } from '../service/instruction-budget';
import { getMaxTokens, setMaxTokens } from '../service/limits';
import { getQuotas, getUsage, setQuotas } from '../service/quotas';
import { accessDenied, undecodable } from '../service/replies';
import { update } from '../service/tasks';

export function set_max_tokens(): void {
  update(() => {
    if (!mayAdminister()) return wire.replySetMaxTokens(wire.StatusCodeRecordResult.Err(accessDenied()));
    const input = wire.readSetMaxTokens();
    wire.replySetMaxTokens(input === null ? wire.StatusCodeRecordResult.Err(undecodable()) : setMaxTokens(input));
  });
}

export function get_max_tokens(): void {
  respond(() => {
    if (wire.readGetMaxTokens()) wire.replyGetMaxTokens(getMaxTokens());
    else rejectArgument();
  });
}

export function set_instruction_budget(): void {
  update(() => {
    if (!mayAdminister()) return wire.replySetInstructionBudget(wire.StatusCodeRecordResult.Err(accessDenied()));
    const input = wire.readSetInstructionBudget();
    wire.replySetInstructionBudget(
      input === null ? wire.StatusCodeRecordResult.Err(undecodable()) : setInstructionBudget(input),
    );
  });
}

export function get_instruction_budget(): void {
  respond(() => {
    if (wire.readGetInstructionBudget()) wire.replyGetInstructionBudget(getInstructionBudget());
    else rejectArgument();
  });
}

export function set_quotas(): void {
  update(() => {
    if (!mayAdminister()) return wire.replySetQuotas(wire.StatusCodeRecordResult.Err(accessDenied()));
    const input = wire.readSetQuotas();
    wire.replySetQuotas(input === null ? wire.StatusCodeRecordResult.Err(undecodable()) : setQuotas(input));
  });
}

export function get_quotas(): void {
  respond(() => {
    if (wire.readGetQuotas()) wire.replyGetQuotas(getQuotas());
    else rejectArgument();
  });
}

export function get_usage(): void {
  respond(() => {
    if (!isLetInToAsk()) return wire.replyGetUsage(wire.UsageResult.Err(accessDenied()));
    wire.replyGetUsage(wire.readGetUsage() ? getUsage() : wire.UsageResult.Err(undecodable()));
  });
}
