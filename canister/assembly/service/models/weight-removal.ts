/** Removes the weights from a model's file, once its packed image has them, to have their room in stable memory. */
import { ModelFileInput, RemovedWeights, RemovedWeightsResult } from '../../ic/candid/service.generated';
import { Problem, Result } from '../../problem';
import { freeBytes } from '../../storage/allocator';
import { engine } from '../engine/loaded';
import { apiError } from '../replies/replies';
import { modelFile, whyNotReady } from './model';

function remove(input: ModelFileInput): Result<RemovedWeights> {
  const waiting = whyNotReady();
  if (waiting !== null) return Result.fail<RemovedWeights>(waiting);
  const model = modelFile();
  const file = model.single;
  let why: string = '';
  if (input.filename.size > 4096 || input.filename.toString() != model.path) why = `the loaded model is ${model.path}`;
  else if (file === null) why = 'the weights of a split model cannot be removed';
  else if (!engine.isImageWhole) why = 'the packed image is not whole: get_model_images says how far it is';
  if (why != '') return Result.fail<RemovedWeights>(new Problem(why));
  const before = freeBytes();
  const ranges = engine.unneededBytes;
  for (let i = 0; i < ranges.length; i += 2) {
    const problem = file!.hollow(ranges[i], ranges[i + 1]);
    if (problem !== null) return Result.fail<RemovedWeights>(problem);
  }
  const removed = new RemovedWeights();
  removed.bytes = freeBytes() - before;
  return Result.ok<RemovedWeights>(removed);
}

export function removeModelWeights(input: ModelFileInput): RemovedWeightsResult {
  const removed = remove(input);
  const value = removed.value;
  return value === null ? RemovedWeightsResult.Err(apiError(removed.problem!)) : RemovedWeightsResult.Ok(value);
}
