/** Flags that would change the answer and cannot be followed: refused, with the reason. */
import { Flag, NEUTRAL, NOTHING, REFUSED, WHOLE } from './flag';

function refusal(names: string, why: string): Flag {
  return new Flag(names, NOTHING, REFUSED, why);
}

/** Flags of which only the neutral value is accepted; the note is that value and the reason. */
export const ONLY_NEUTRAL: StaticArray<Flag> = [
  new Flag(
    '-gan --grp-attn-n',
    WHOLE,
    NEUTRAL,
    '1 self-extend moves keys that are there already, so that an answer would depend on how it was split into calls',
  ),
];

export const NOT_HERE: StaticArray<Flag> = [
  refusal(
    '--context-shift',
    'keys and values of a context that was shifted depend on tokens that are gone, so that a session could not be ' +
      'evaluated again: start a new session, or load with a larger --ctx-size',
  ),
  refusal(
    '-mu --model-url -dr --docker-repo -hf -hfr --hf-repo -hfd -hfrd --hf-repo-draft -hff --hf-file -hfv -hfrv ' +
      '--hf-repo-v -hffv --hf-file-v',
    'a canister has no network: upload the file, and name it with --model',
  ),
  refusal('--rpc', 'a canister has no network, and no other device'),
  refusal(
    '--lora --lora-scaled --control-vector --control-vector-scaled --control-vector-layer-range',
    'adapters and control vectors are not supported: merge them into the model file',
  ),
  refusal(
    '-h --help --usage --version --license -cl --cache-list --completion-bash --list-devices',
    'there is nothing to print it on: docs/flags.md says which flags there are, model_info what is loaded',
  ),
];
