/**
 * The flags that have no effect on an answer here, and that command lines written for llama.cpp carry along. Their
 * values are looked at all the same.
 */
import { Flag, IGNORED, NEUTRAL, NOTHING, REAL, SETTING, TEXT, WHOLE } from './flag';

const THREADS: string = 'a canister has one thread';
const DEVICES: string = 'a canister has no GPU';
const MIROSTAT: string = 'it depends on the logits of all tokens before, and a session keeps none';
const SAMPLER: string = 'this sampler is not supported';

export const WITHOUT_EFFECT: StaticArray<Flag> = [
  // Tokens are ingested eight at a time, and a session keeps whatever was evaluated.
  new Flag('-b --batch-size', WHOLE, IGNORED),
  new Flag('-ub --ubatch-size', WHOLE, IGNORED),
  new Flag('--prompt-cache-all', NOTHING, IGNORED),
  new Flag('--keep', WHOLE, IGNORED),
  new Flag('--no-context-shift', NOTHING, IGNORED),
  new Flag('--swa-full', NOTHING, IGNORED),
  new Flag('-dt --defrag-thold', REAL, IGNORED),
  new Flag('-fa --flash-attn', SETTING, IGNORED),
  new Flag('-fit --fit', SETTING, IGNORED),
  // Weights are always in the heap, checked and in the kernels' order.
  new Flag('--mlock --mmap --no-mmap -dio --direct-io -ndio --no-direct-io', NOTHING, IGNORED),
  new Flag('-lm --load-mode', TEXT, IGNORED),
  new Flag('--repack -nr --no-repack --no-host --check-tensors', NOTHING, IGNORED),
  new Flag('-kvo --kv-offload -nkvo --no-kv-offload --op-offload --no-op-offload', NOTHING, IGNORED),
  new Flag('--offline --warmup --no-warmup --perf --no-perf', NOTHING, IGNORED),
  // Nobody looks at a terminal.
  new Flag('--display-prompt --no-display-prompt --simple-io --verbose-prompt', NOTHING, IGNORED),
  new Flag('-no-cnv --no-conversation --no-jinja', NOTHING, IGNORED),
  new Flag('-co --color --log-colors', SETTING, IGNORED),
  new Flag('-ptc --print-token-count', WHOLE, IGNORED),
  new Flag('-v --verbose --log-verbose --log-disable --log-prefix --no-log-prefix', NOTHING, IGNORED),
  new Flag('--log-timestamps --no-log-timestamps', NOTHING, IGNORED),
  new Flag('-lv --verbosity --log-verbosity', WHOLE, IGNORED),
  // They mean something only beside a flag that is refused.
  new Flag('--dry-base', REAL, IGNORED),
  new Flag('--dry-allowed-length --dry-penalty-last-n', WHOLE, IGNORED),
  new Flag('--dry-sequence-breaker', TEXT, IGNORED),
  new Flag('--mirostat-lr --mirostat-ent --adaptive-decay', REAL, IGNORED),
];

/** Flags of which only the value that asks for nothing is accepted; the note is that value and why no other is. */
export const ONLY_NEUTRAL: StaticArray<Flag> = [
  new Flag('-t --threads -tb --threads-batch', WHOLE, NEUTRAL, '1 ' + THREADS),
  new Flag('-ngl --gpu-layers --n-gpu-layers', WHOLE, NEUTRAL, '0 ' + DEVICES),
  new Flag('-np --parallel', WHOLE, NEUTRAL, '1 a call has one sequence'),
  new Flag('-gan --grp-attn-n', WHOLE, NEUTRAL, '1 self-extend is not supported'),
  new Flag('--dry-multiplier', REAL, NEUTRAL, '0 ' + SAMPLER),
  new Flag('--mirostat', WHOLE, NEUTRAL, '0 ' + MIROSTAT),
  new Flag('--adaptive-target', REAL, NEUTRAL, '-1 ' + SAMPLER),
];
