/** The flags that make no sense on chain, or that nothing here can honour: refused, with the reason. */
import { Flag, NOTHING, REFUSED } from './flag';

function refusal(names: string, why: string): Flag {
  return new Flag(names, NOTHING, REFUSED, why);
}

export const NOT_HERE: StaticArray<Flag> = [
  refusal(
    '-C --cpu-mask -Cr --cpu-range --cpu-strict --prio --poll -Cb --cpu-mask-batch -Crb --cpu-range-batch ' +
      '--cpu-strict-batch --prio-batch --poll-batch --numa',
    'a canister has one thread, and no say in where it runs',
  ),
  refusal(
    '-dev --device --list-devices -ot --override-tensor -cmoe --cpu-moe -ncmoe --n-cpu-moe -sm --split-mode ' +
      '-ts --tensor-split -mg --main-gpu -fitt --fit-target -fitc --fit-ctx --rpc -bs --backend-sampling',
    'a canister has no GPU and no other device',
  ),
  refusal(
    '-mu --model-url -dr --docker-repo -hf -hfr --hf-repo -hfd -hfrd --hf-repo-draft -hff --hf-file -hfv -hfrv ' +
      '--hf-repo-v -hffv --hf-file-v -hft --hf-token',
    'a canister has no network: upload the file, and name it with --model',
  ),
  refusal(
    '-f --file -bf --binary-file -sysf --system-prompt-file --chat-template-file --grammar-file -jf --json-schema-file',
    'text is not read from files: send it with --prompt, --grammar or --json-schema',
  ),
  refusal(
    '-cnv --conversation -st --single-turn -i --interactive -if --interactive-first -mli --multiline-input ' +
      '--in-prefix-bos --in-prefix --in-suffix',
    'nobody sits at a terminal: send the whole conversation as the prompt',
  ),
  refusal(
    '-sys --system-prompt --jinja --chat-template --skip-chat-parsing --no-skip-chat-parsing --reasoning-format ' +
      '-rea --reasoning --reasoning-budget --reasoning-budget-message',
    'chat templates are applied by the client: model_info has the template, the prompt is the text that it makes',
  ),
  refusal(
    '--lora --lora-scaled --control-vector --control-vector-scaled --control-vector-layer-range',
    'adapters and control vectors are not supported: merge them into the model file',
  ),
  refusal('-ctkd --cache-type-k-draft -ctvd --cache-type-v-draft', 'there is no draft model'),
  refusal('--override-kv', 'what the model file says is not overridden'),
  refusal(
    '--yarn-orig-ctx --yarn-ext-factor --yarn-attn-factor --yarn-beta-slow --yarn-beta-fast',
    'YaRN is not supported',
  ),
  refusal('-gaw --grp-attn-w', 'self-extend is not supported'),
  refusal('--context-shift', 'a full context is not shifted: start a new session, or load with a larger --ctx-size'),
  refusal(
    '-h --help --usage --version --license -cl --cache-list --completion-bash',
    'there is nothing to print it on: docs/flags.md says which flags there are, model_info what is loaded',
  ),
];
