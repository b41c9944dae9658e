/** `--model` of a run: the loaded model, or one that an administrator loads by naming it, as in llama_cpp_canister. */
import { Problem } from '../../problem';
import { mayAdminister } from '../access/access';
import { Arguments } from '../flags/arguments';
import { engine } from '../engine/loaded';
import { chosenModel, load, whyNotReady } from './model';

/** Null if the model that the command line names is ready; otherwise why it is not. */
export function awaitModel(args: Arguments, isQuery: bool): Problem | null {
  if (args.model.size > 0 && !isNamed(args)) {
    if (isQuery) {
      return new Problem('--model: it is not the model that is loaded, and a query cannot load one: use load_model');
    }
    if (!mayAdminister()) {
      return new Problem('--model: it is not the model that is loaded, and only administrators may load another');
    }
    const unloaded = load(args);
    if (unloaded !== null) return unloaded;
    const waiting = whyNotReady();
    if (waiting !== null) return new Problem(`${waiting.text}: send the call again when ready says that it is done`);
  }
  return whyNotReady();
}

function isNamed(args: Arguments): bool {
  return args.model.size <= 4096 && args.model.toString() == chosenModel();
}
