/** For tests: modules written as WebAssembly text. */
import wabt from 'wabt';

const toolkit = await wabt();

const features = {
  simd: true,
  bulk_memory: true,
  reference_types: true,
  sat_float_to_int: true,
  sign_extension: true,
  multi_value: true,
  mutable_globals: true,
};

/** Assembles a module. Features that the Internet Computer does not accept have to be requested. */
export function wat(text: string, more: Record<string, boolean> = {}): Uint8Array {
  const module = toolkit.parseWat('test.wat', text, { ...features, ...more });
  try {
    return module.toBinary({}).buffer.slice();
  } finally {
    module.destroy();
  }
}

/** A canister with one update method `run` with the given body, and the given declarations before it. */
export function watCanister(body: string, { imports = '', fields = '', memory = '(memory 1)' } = {}): Uint8Array {
  return wat(`(module ${imports} ${memory} ${fields} (func (export "canister_update run") ${body}))`);
}

/** A module with a custom section more, such as `icp:public candid:service`. */
export function withSection(module: Uint8Array, name: string, content: string): Uint8Array {
  const sized = (bytes: Uint8Array) => {
    const size: number[] = [];
    let rest = bytes.length;
    for (; rest >= 128; rest >>>= 7) size.push((rest & 127) | 128);
    return Buffer.concat([Uint8Array.of(...size, rest), bytes]);
  };
  const section = sized(Buffer.concat([sized(Buffer.from(name)), Buffer.from(content)]));
  return Uint8Array.from(Buffer.concat([module, Uint8Array.of(0), section]));
}
