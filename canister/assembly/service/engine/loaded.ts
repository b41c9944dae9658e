/** The engine, and where its model came from. */
import { Engine } from '../../llm/engine';

export const engine = new Engine();

/** SHA-256 of the model's file: 32 bytes. Valid only while a model is loaded. */
export const modelHash: usize = memory.data(32, 8);

/** The path of the model's file, as given to load_model. Valid only while a model is loaded. */
export let modelPath: string = '';

/** `hash` has 64 hexadecimal digits. */
export function setModelFile(path: string, hash: string): void {
  modelPath = path;
  for (let i = 0; i < 32; ++i) store<u8>(modelHash + i, <u8>parseInt(hash.substr(2 * i, 2), 16));
}
