// Turns a compiled module into a canister's: an asc transform that works on the Binaryen module before it is written.
import { Transform } from 'assemblyscript/transform';
import { callbacks } from './callbacks.mjs';

/** Entry points of a canister that are not methods (interface specification, "Entry points"). */
const entryPoints = [
  ...['canister_init', 'canister_pre_upgrade', 'canister_post_upgrade', 'canister_inspect_message'],
  ...['canister_heartbeat', 'canister_global_timer', 'canister_on_low_wasm_memory'],
  ...callbacks.values(),
];

/**
 * Gives every exported function the name that the Internet Computer knows it by (`canister_query health`), and adds the
 * interface as the public metadata `candid:service`. Both come from the .did, so that neither can disagree with it: an
 * export that is no method, and a method without an export, are errors.
 * @param {{ text: string, methods: { name: string, mode: string }[] }} service the .did, as `readInterface` gives it
 * @param {string[]} pending methods that may lack an export
 */
export function canisterModule(service, pending = []) {
  return class CanisterModule extends Transform {
    afterCompile(module) {
      const methods = new Map(service.methods.map(({ name, mode }) => [name, `canister_${mode} ${name}`]));
      const problems = pending
        .filter((name) => !methods.has(name))
        .map((name) => `${name} is listed as pending, but the interface has no such method`);
      const present = new Set();
      for (const { name, internalName, isFunction } of exportsOf(module, this.binaryen)) {
        if (!isFunction || entryPoints.includes(name)) continue;
        const exported = methods.get(name);
        if (!exported) {
          problems.push(`${name} is exported, but the interface has no such method`);
          continue;
        }
        present.add(name);
        module.removeExport(name);
        module.addFunctionExport(internalName, exported);
      }
      for (const name of methods.keys()) {
        if (present.has(name) && pending.includes(name)) problems.push(`${name} is listed as pending, but exported`);
        if (!present.has(name) && !pending.includes(name)) problems.push(`${name} is a method, but not exported`);
      }
      if (problems.length > 0) throw new Error(`the module and its interface disagree:\n  ${problems.join('\n  ')}`);
      module.addCustomSection('icp:public candid:service', new TextEncoder().encode(service.text));
    }
  };
}

function exportsOf(module, binaryen) {
  return Array.from({ length: module.getNumExports() }, (_, i) => {
    const info = binaryen.getExportInfo(module.getExportByIndex(i));
    return { name: info.name, internalName: info.value, isFunction: info.kind === binaryen.ExternalFunction };
  });
}
