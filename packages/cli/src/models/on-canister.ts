// The models on a canister: its files with a model's name.
import { Admin, type LlamaCanister } from '@llama-canister/client';

export interface CanisterModel {
  name: string;
  /** Bytes. */
  size: number;
  /** Whether it is the loaded one. */
  loaded: boolean;
}

const isModel = (name: string) => /\.gguf$/i.test(name);

/** Bytes of a file on the canister. */
async function fileSize(canister: LlamaCanister, filename: string, signal: AbortSignal): Promise<number> {
  const { filesize } = await canister.ok('filesystem_file_size', [{ filename }], { signal });
  return Number(filesize);
}

/** The models on a canister, for callers who may inspect it. Errors: those of the canister. */
export async function modelsOn(canister: LlamaCanister, signal: AbortSignal): Promise<CanisterModel[]> {
  const files = await new Admin(canister).files('.', { signal });
  const info = await canister.modelInfo({ signal });
  const names = files.filter(({ name, isFolder }) => !isFolder && isModel(name)).map(({ name }) => name);
  const loaded = (name: string) => info?.filename.replace(/^\.?\//, '') === name;
  return Promise.all(
    names.sort().map(async (name) => ({ name, size: await fileSize(canister, name, signal), loaded: loaded(name) })),
  );
}
