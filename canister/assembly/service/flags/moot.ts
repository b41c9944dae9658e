/** Flags whose wish is always fulfilled, or that concern a terminal: accepted after checking their values. */
import { Flag, MOOT, NOTHING, REAL, CHOICE, TEXT, WHOLE } from './flag';

export const WITHOUT_EFFECT: StaticArray<Flag> = [
  // Tokens are ingested eight at a time, and a session keeps whatever was evaluated.
  new Flag('-b --batch-size', WHOLE, MOOT),
  new Flag('-ub --ubatch-size', WHOLE, MOOT),
  new Flag('--prompt-cache-all', NOTHING, MOOT),
  new Flag('--keep', WHOLE, MOOT),
  new Flag('--no-context-shift', NOTHING, MOOT),
  new Flag('--swa-full', NOTHING, MOOT),
  new Flag('-dt --defrag-thold', REAL, MOOT),
  new Flag('-fa --flash-attn', CHOICE, MOOT),
  new Flag('-fit --fit', CHOICE, MOOT),
  new Flag('-fitt --fit-target', TEXT, MOOT),
  new Flag('-fitc --fit-ctx', WHOLE, MOOT),
  // Weights are always in the heap, in the order of the kernels.
  new Flag('--mlock --mmap --no-mmap -dio --direct-io -ndio --no-direct-io', NOTHING, MOOT),
  new Flag('-lm --load-mode -lzm --lazy-mode', TEXT, MOOT),
  new Flag('--repack -nr --no-repack --no-host', NOTHING, MOOT),
  new Flag('-kvo --kv-offload -nkvo --no-kv-offload --op-offload --no-op-offload', NOTHING, MOOT),
  new Flag('--offline --warmup --no-warmup --perf --no-perf', NOTHING, MOOT),
  // There is no terminal.
  new Flag('--display-prompt --no-display-prompt --simple-io --verbose-prompt -dkvc --dump-kv-cache', NOTHING, MOOT),
  new Flag('-no-cnv --no-conversation --no-jinja', NOTHING, MOOT),
  new Flag('-co --color --log-colors', CHOICE, MOOT),
  new Flag('-ptc --print-token-count', WHOLE, MOOT),
  new Flag('-v --verbose --log-verbose --log-disable --log-prefix --no-log-prefix', NOTHING, MOOT),
  new Flag('--log-timestamps --no-log-timestamps --log-jsonl --no-log-jsonl', NOTHING, MOOT),
  new Flag('-lv --verbosity --log-verbosity', WHOLE, MOOT),
];
