/** `--model` of a run: the model that is loaded, or one that an administrator has loaded first, as llama_cpp_canister does. */
import { OutputRecordResult } from '../../ic/candid/service.generated';
import { mayAdminister } from '../access/access';
import { Arguments } from '../flags/arguments';
import { engine } from '../engine/loaded';
import { loadModel, chosenModel, whyNotReady } from './model';
import { failed } from '../replies/replies';

/** Null once the model that the command line means is ready; otherwise the answer. */
export function awaitModel(args: Arguments, isQuery: bool): OutputRecordResult | null {
  if (args.model.size > 0 && !isNamed(args)) {
    if (isQuery)
      return failed('--model: it is not the model that is loaded, and a query cannot load one: use load_model');
    if (!mayAdminister()) {
      return failed('--model: it is not the model that is loaded, and only administrators may load another');
    }
    const loaded = loadModel(args);
    if (loaded.Err !== null) return loaded;
    if (!engine.isReady) return failed(`${whyNotReady()}: send the call again when ready says that it is done`);
  }
  const why = whyNotReady();
  return why.length == 0 ? null : failed(why);
}

function isNamed(args: Arguments): bool {
  return args.model.size <= 4096 && args.model.toString() == chosenModel();
}
