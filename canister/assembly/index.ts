/**
 * The canister: one exported function per method of llama.did, which asks whether the caller may, decodes the argument,
 * lets `service/` do the work and encodes the answer. What loads and runs a model stands here, all else by area in
 * `methods/`. scripts/canister-module.mjs gives the exports their names.
 */
import { rejectArgument } from './ic/candid/arguments';
import * as wire from './ic/candid/service.generated';
import { Text } from './ic/candid/values';
import { caller, respond } from './ic/message';
import { trap } from './ic/trap';
import { isLetIn, isLetInToAsk, mayAdminister } from './service/access';
import { Arguments } from './service/arguments';
import { rearmCleanup } from './service/cache-cleanup';
import { rearmBalance } from './service/cycle-balance';
import { certifySite } from './service/http/site';
import { loadModel, ready as isReady, remember } from './service/model';
import { modelInfo } from './service/model-info';
import { newChat } from './service/prompt-caches';
import { accessDenied, outputDenied, outputUndecodable, statusOk, undecodable } from './service/replies';
import { run } from './service/run';
import { runDueTask, update } from './service/tasks';
import { rearmUploads } from './service/uploads';
import { mount } from './storage/file-system';

export * from './methods/access';
export * from './methods/entries';
export * from './methods/files';
export * from './methods/limits';
export * from './methods/maintenance';
export * from './methods/observation';
export * from './methods/prompt-caches';
export * from './methods/records';
export * from './methods/roles';
export * from './methods/uploads';

/** Opens the stable memory; one that is not ours ends the installation or upgrade, which leaves it as it is. */
function start(): void {
  respond(() => {
    const problem = mount();
    if (problem !== null) trap(problem);
    remember();
    rearmCleanup();
    rearmBalance();
    rearmUploads();
    certifySite();
  });
}

export function canister_init(): void {
  start();
}

export function canister_post_upgrade(): void {
  start();
}

export function canister_global_timer(): void {
  respond(runDueTask);
}

export function health(): void {
  respond(() => {
    wire.replyHealth(wire.readHealth() ? statusOk() : wire.StatusCodeRecordResult.Err(undecodable()));
  });
}

export function ready(): void {
  respond(() => {
    wire.replyReady(wire.readReady() ? isReady() : wire.StatusCodeRecordResult.Err(undecodable()));
  });
}

export function whoami(): void {
  respond(() => {
    if (wire.readWhoami()) wire.replyWhoami(Text.of(caller().toString()));
    else rejectArgument();
  });
}

export function load_model(): void {
  update(() => {
    if (!mayAdminister()) return wire.replyLoadModel(outputDenied());
    const input = wire.readLoadModel();
    wire.replyLoadModel(input === null ? outputUndecodable() : loadModel(new Arguments(input)));
  });
}

export function model_info(): void {
  respond(() => {
    if (!isLetInToAsk()) return wire.replyModelInfo(wire.ModelInfoResult.Err(accessDenied()));
    wire.replyModelInfo(wire.readModelInfo() ? modelInfo() : wire.ModelInfoResult.Err(undecodable()));
  });
}

export function new_chat(): void {
  update(() => {
    if (!isLetIn()) return wire.replyNewChat(outputDenied());
    const input = wire.readNewChat();
    wire.replyNewChat(input === null ? outputUndecodable() : newChat(new Arguments(input)));
  });
}

export function run_update(): void {
  update(() => {
    if (!isLetIn()) return wire.replyRunUpdate(outputDenied());
    const input = wire.readRunUpdate();
    wire.replyRunUpdate(input === null ? outputUndecodable() : run(new Arguments(input), false));
  });
}

export function run_query(): void {
  respond(() => {
    if (!isLetInToAsk()) return wire.replyRunQuery(outputDenied());
    const input = wire.readRunQuery();
    wire.replyRunQuery(input === null ? outputUndecodable() : run(new Arguments(input), true));
  });
}
