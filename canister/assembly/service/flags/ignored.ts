/**
 * Flags that cannot be followed and that no answer depends on; llama_cpp_canister ignores them as well. They are
 * accepted, and the log says that they are ignored.
 */
import { CHOICE, Flag, IGNORED, NOTHING, TEXT, WHOLE } from './flag';

const THREADS: string = 'a canister has one thread, and no say in where it runs';
const DEVICES: string = 'a canister has no GPU and no other device';
const SEQUENCES: string = 'a call has one sequence';
const TERMINAL: string = 'nobody sits at a terminal: the prompt is the whole conversation';
const TEMPLATES: string =
  'chat templates are applied by the client: model_info has the template, the prompt is the text that it makes';
const DRAFTS: string = 'there is no draft model';
const NETWORK: string = 'nothing is downloaded';
const SELF_EXTEND: string = 'it means something only beside --grp-attn-n';

export const IGNORABLE: StaticArray<Flag> = [
  new Flag('-t --threads -tb --threads-batch', WHOLE, IGNORED, THREADS),
  new Flag('-C --cpu-mask -Cr --cpu-range --cpu-strict', TEXT, IGNORED, THREADS),
  new Flag('-Cb --cpu-mask-batch -Crb --cpu-range-batch', TEXT, IGNORED, THREADS),
  new Flag('--prio --prio-batch --cpu-strict-batch --poll-batch', WHOLE, IGNORED, THREADS),
  new Flag('--poll --numa', TEXT, IGNORED, THREADS),
  new Flag('-ngl --gpu-layers --n-gpu-layers', TEXT, IGNORED, DEVICES),
  new Flag('-dev --device -ot --override-tensor -sm --split-mode -ts --tensor-split', TEXT, IGNORED, DEVICES),
  new Flag('-ncmoe --n-cpu-moe -ncffn --n-cpu-ffn -mg --main-gpu', WHOLE, IGNORED, DEVICES),
  new Flag('-cmoe --cpu-moe -bs --backend-sampling', NOTHING, IGNORED, DEVICES),
  new Flag('-np --parallel', WHOLE, IGNORED, SEQUENCES),
  new Flag('-cnv --conversation -st --single-turn -i --interactive', NOTHING, IGNORED, TERMINAL),
  new Flag('-if --interactive-first -mli --multiline-input --in-prefix-bos', NOTHING, IGNORED, TERMINAL),
  new Flag('--in-prefix --in-suffix', TEXT, IGNORED, TERMINAL),
  new Flag('--jinja --skip-chat-parsing --no-skip-chat-parsing', NOTHING, IGNORED, TEMPLATES),
  new Flag('--reasoning-preserve --no-reasoning-preserve', NOTHING, IGNORED, TEMPLATES),
  new Flag('-sys --system-prompt -sysf --system-prompt-file', TEXT, IGNORED, TEMPLATES),
  new Flag('--chat-template --chat-template-file', TEXT, IGNORED, TEMPLATES),
  new Flag('--reasoning-format --reasoning-effort --reasoning-budget-message', TEXT, IGNORED, TEMPLATES),
  new Flag('-rea --reasoning', CHOICE, IGNORED, TEMPLATES),
  new Flag('--reasoning-budget', WHOLE, IGNORED, TEMPLATES),
  new Flag('-ctkd --cache-type-k-draft --spec-draft-type-k', TEXT, IGNORED, DRAFTS),
  new Flag('-ctvd --cache-type-v-draft --spec-draft-type-v', TEXT, IGNORED, DRAFTS),
  new Flag('-hft --hf-token', TEXT, IGNORED, NETWORK),
  new Flag('-gaw --grp-attn-w', WHOLE, IGNORED, SELF_EXTEND),
];
