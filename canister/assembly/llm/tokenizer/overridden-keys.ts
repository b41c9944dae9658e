/**
 * Whether the tokenizer's keys that are overridden can be, said before anything is loaded: each is asked for as the
 * tokenizer will ask for it, if it will. The keys themselves are read in tokenizer.ts and special-tokens.ts.
 */
import { Metadata } from '../gguf/metadata';
import { whyNoFamily } from './family';
import { whyNoPreTokenizer } from './pretokenize';

const PREFIX: string = 'tokenizer.ggml.';

/** Numbers of tokens that every family reads: NAME of `tokenizer.ggml.NAME_token_id`. */
const TOKENS: StaticArray<string> = ['eos', 'unknown', 'padding', 'eot', 'eom', 'fim_pad', 'fim_rep', 'fim_sep'];
/** Pairs of names for one key: the deprecated one, which takes precedence, and the newer. */
const RENAMED: StaticArray<string> = ['prefix', 'fim_pre', 'suffix', 'fim_suf', 'middle', 'fim_mid'];
/** Lists, which a single value cannot replace. */
const LISTS: StaticArray<string> = ['tokens', 'scores', 'token_type', 'merges'];

/** A problem is left in `metadata.problem`. */
export function checkOverriddenTokenizer(metadata: Metadata): void {
  for (let i = 0; i < LISTS.length; ++i) {
    if (metadata.isOverridden(PREFIX + LISTS[i])) {
      return metadata.fail(`metadata key "${PREFIX}${LISTS[i]}" cannot be overridden: it is a list`);
    }
  }
  const list = metadata.find(PREFIX + 'tokens');
  const size: i64 = list === null ? 0 : <i64>list.count;
  const family = metadata.text(PREFIX + 'model', '');
  const pre = metadata.text(PREFIX + 'pre', '');
  if (metadata.isOverridden(PREFIX + 'model')) metadata.refuse(whyNoFamily(family));
  if (family == 'gpt2' && metadata.isOverridden(PREFIX + 'pre')) metadata.refuse(whyNoPreTokenizer(pre));
  for (let i = 0; i < TOKENS.length; ++i) checkToken(metadata, TOKENS[i], size);
  for (let i = 0; i < RENAMED.length; i += 2) {
    checkToken(metadata, RENAMED[metadata.has(`${PREFIX}${RENAMED[i]}_token_id`) ? i : i + 1], size);
  }
  metadata.flag(PREFIX + 'add_bos_token', true);
  metadata.flag(PREFIX + 'add_eos_token', true);
  if (family == 'bert') {
    checkToken(metadata, metadata.has(PREFIX + 'cls_token_id') ? 'cls' : 'bos', size);
    checkToken(metadata, 'seperator', size);
    metadata.flag(PREFIX + 'normalizer.lowercase', true);
    metadata.flag(PREFIX + 'normalizer.strip_accents', true);
  } else {
    checkToken(metadata, 'bos', size);
    if (family == 'whitespace') metadata.flag(PREFIX + 'normalizer.lowercase', false);
    if (family == 'llama') metadata.flag(PREFIX + 'add_space_prefix', true);
  }
  // These keys are only shown: they are checked if overridden, but the file's own values never prevent loading.
  if (metadata.isOverridden('tokenizer.chat_template')) metadata.text('tokenizer.chat_template', '');
  if (metadata.isOverridden('general.file_type')) metadata.u32('general.file_type', 0);
}

/** A file's number that names no token counts as none; an overriding one would be ignored. */
function checkToken(metadata: Metadata, name: string, size: i64): void {
  const key = `${PREFIX}${name}_token_id`;
  if (metadata.isOverridden(key)) metadata.integer(key, 0, 0, size - 1);
}
