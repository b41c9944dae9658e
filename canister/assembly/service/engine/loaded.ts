/** The engine, and what it was loaded from. */
import { Engine } from '../../llm/engine';

export const engine = new Engine();

/** SHA-256 of the model's file: 32 bytes. Means nothing while no model is loaded. */
export const modelHash: usize = memory.data(32, 8);

/** The path of the model's file, as load_model was given it. Means nothing while no model is loaded. */
export let modelPath: string = '';

export function setModelPath(path: string): void {
  modelPath = path;
}
