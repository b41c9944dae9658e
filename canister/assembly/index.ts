/**
 * The canister's entry points. Its methods are those of llama.did: methods.generated.ts has the exported functions with
 * their guards, methods.ts the functions they call. scripts/canister-module.mjs names the exports.
 */
import { begin, goOn, goOnUndone, goOnWithout } from './ic/callbacks';
import { respond } from './ic/message';
import { trap } from './ic/trap';
import { rearmCleanup } from './service/maintenance/cache-cleanup';
import { rearmBalance } from './service/maintenance/cycle-balance';
import { certifySite } from './service/http/site';
import { remember } from './service/models/model';
import { adoptRecords } from './service/maintenance/old-records';
import { runDueTask, update } from './service/settings/tasks';
import { rearmGenerations } from './service/generations/open-jobs';
import { rearmUploads } from './service/files/uploads';
import { mount } from './storage/file-system';

export * from './methods.generated';

/**
 * Opens the stable memory. If it has another layout than ours, the installation or upgrade fails and leaves it as it
 * is.
 */
function start(): void {
  respond(() => {
    const problem = mount();
    if (problem !== null) trap(problem.text);
    const unadopted = adoptRecords();
    if (unadopted !== null) trap(unadopted.text);
    remember();
    rearmCleanup();
    rearmBalance();
    rearmUploads();
    rearmGenerations();
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

export function call_replied(number: u32): void {
  begin(number);
  update(goOn);
}

export function call_rejected(number: u32): void {
  begin(number);
  update(goOnWithout);
}

export function call_undone(number: u32): void {
  begin(number);
  respond(goOnUndone);
}
