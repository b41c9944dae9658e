// Compiles the agent: `build()` gives its wasm. Exports get the names that the Internet Computer knows methods by.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import { Transform } from 'assemblyscript/transform';

const folder = dirname(fileURLToPath(import.meta.url));
const methods = { ask: 'canister_update ask' };

class Canister extends Transform {
  afterCompile(module) {
    for (const [name, exported] of Object.entries(methods)) {
      const { value } = this.binaryen.getExportInfo(module.getExport(name));
      module.removeExport(name);
      module.addFunctionExport(value, exported);
    }
    module.removeExport('abort');
  }
}

/** @returns {Promise<Uint8Array<ArrayBuffer>>} */
export async function build() {
  let wasm;
  const flags = ['-O', '--runtime', 'minimal', '--use', 'abort=assembly/index/abort', '--exportTable'];
  const { error, stderr } = await asc.main(
    ['assembly/index.ts', '--outFile', 'agent.wasm', '--baseDir', folder, ...flags],
    {
      transforms: [Canister],
      writeFile: (_name, contents) => {
        wasm = contents;
      },
    },
  );
  if (error) throw new Error(`${error.message}\n${stderr}`);
  return wasm;
}
