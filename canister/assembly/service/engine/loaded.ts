/** The engine, and where its model came from. */
import { Engine } from '../../llm/engine';

export const engine = new Engine();

/** SHA-256 of the model's file: 32 bytes. Valid only while a model is loaded. */
export const modelHash: usize = memory.data(32, 8);

/** The path of the model's file, as given to load_model. Valid only while a model is loaded. */
export let modelPath: string = '';

export function setModelPath(path: string): void {
  modelPath = path;
}
