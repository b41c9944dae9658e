/** Checks whether a file can be measured, before anything is uploaded. */
import { statSync } from 'node:fs';
import { Engine } from '../canister/test/engine.js';

/** A file that cannot be measured, with the reason; not an error of the program. */
export class Unmeasurable extends Error {}

/**
 * Throws `Unmeasurable` for a file that load_model would refuse. Returns the context that the model was trained for.
 */
export async function examineModel(path: string, context: number): Promise<number> {
  const unmeasurable = (why: string) => new Unmeasurable(`${path}: ${why}`);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) throw unmeasurable('there is no such file');
  if (!stats.isFile()) throw unmeasurable('it is no file');
  const engine = await Engine.create();
  try {
    const { error, trainedContext } = engine.survey(path, context);
    if (error !== '') throw unmeasurable(error);
    return trainedContext;
  } catch (error) {
    // The system's message about a file that cannot be read.
    if (error instanceof Error && 'syscall' in error) throw unmeasurable(error.message);
    throw error;
  } finally {
    engine.close();
  }
}
