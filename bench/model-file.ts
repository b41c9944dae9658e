/** Whether a file can be measured, said before anything is uploaded. */
import { statSync } from 'node:fs';
import { Engine } from '../canister/test/engine.js';

/** A file that cannot be measured, and why: nothing that is wrong with the program. */
export class Unmeasurable extends Error {}

/** Throws `Unmeasurable` for a file that load_model would refuse. Tokens of context that the model was trained for. */
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
    // What the system says of a file that cannot be read.
    if (error instanceof Error && 'syscall' in error) throw unmeasurable(error.message);
    throw error;
  } finally {
    engine.close();
  }
}
