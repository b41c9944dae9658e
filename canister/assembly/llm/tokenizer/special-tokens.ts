import { Metadata } from '../gguf/metadata';
import { CONTROL, LEFT_STRIP, NORMAL, RIGHT_STRIP, UNKNOWN, USER_DEFINED, Vocabulary } from './vocabulary';

/** No token. */
export const NONE: i32 = -1;

/**
 * Which tokens mean something to the model beyond their text: begin and end of text, end of turn, and the set that ends
 * a generation. Files say only part of it; the rest llama.cpp finds by the tokens' names, and so do we
 * (llama-vocab.cpp, `llama_vocab::impl::load`).
 */
export class SpecialTokens {
  bos: i32 = NONE;
  eos: i32 = NONE;
  /** End of turn. */
  eot: i32 = NONE;
  /** End of message. */
  eom: i32 = NONE;
  unknown: i32 = NONE;
  padding: i32 = NONE;
  /** Ends a text in the place of `eos` (BERT). */
  separator: i32 = NONE;
  /** Whether a text is begun with `bos` and ended with `eos`. */
  addBos: bool = false;
  addEos: bool = false;
  /** Tokens that end a generation, ascending. */
  endOfGeneration: StaticArray<i32> = new StaticArray<i32>(0);

  /** As BERT has it: a text begins with the token "cls" and ends with "sep". */
  endWithSeparator(metadata: Metadata, size: i32): void {
    const named = <i32>metadata.integer('tokenizer.ggml.cls_token_id', this.bos, 0, i32.MAX_VALUE);
    if (named < size) this.bos = named;
    // The key is spelled like this in files.
    const separator = <i32>metadata.integer('tokenizer.ggml.seperator_token_id', 102, 0, i32.MAX_VALUE);
    if (separator < size) this.separator = separator;
  }

  isEndOfGeneration(id: i32): bool {
    for (let i = 0; i < this.endOfGeneration.length; ++i) {
      if (unchecked(this.endOfGeneration[i]) == id) return true;
    }
    return false;
  }
}

const EOT_NAMES: StaticArray<string> = [
  '<|eot_id|>',
  '<|im_end|>',
  '<|end|>',
  '<end_of_turn>',
  '<|endoftext|>',
  '<|end_of_text|>',
  '<EOT>',
  '_<EOT>',
  '[EOT]',
  '<｜end▁of▁sentence｜>',
  '<end_of_utterance>',
];

const EOM_NAMES: StaticArray<string> = ['<|eom_id|>'];

const FIM_PREFIX_NAMES: StaticArray<string> = [
  '<|fim_prefix|>',
  '<fim-prefix>',
  '<fim_prefix>',
  '<｜fim▁begin｜>',
  '<PRE>',
  '▁<PRE>',
  '<|code_prefix|>',
  '<|prefix|>',
];

const FIM_SUFFIX_NAMES: StaticArray<string> = [
  '<|fim_suffix|>',
  '<fim-suffix>',
  '<fim_suffix>',
  '<｜fim▁hole｜>',
  '<SUF>',
  '▁<SUF>',
  '<|code_suffix|>',
  '<|suffix|>',
];

const FIM_MIDDLE_NAMES: StaticArray<string> = [
  '<|fim_middle|>',
  '<fim-middle>',
  '<fim_middle>',
  '<｜fim▁end｜>',
  '<MID>',
  '▁<MID>',
  '<|code_middle|>',
  '<|middle|>',
];

const FIM_PADDING_NAMES: StaticArray<string> = ['<|fim_pad|>', '<fim-pad>', '<fim_pad>', '<PAD>', '[PAD]'];

const FIM_REPOSITORY_NAMES: StaticArray<string> = [
  '<|fim_repo|>',
  '<|repo_name|>',
  '<fim-repo>',
  '<REPO>',
  '<reponame>',
];

const FIM_FILE_NAMES: StaticArray<string> = ['<|file_sep|>'];

/** Tokens that end a generation wherever they are. */
const END_NAMES: StaticArray<string> = [
  '<|eot_id|>',
  '<|im_end|>',
  '<|end|>',
  '<|return|>',
  '<|call|>',
  '<|flush|>',
  '<|calls|>',
  '<end_of_turn>',
  '<|endoftext|>',
  '</s>',
  '<|eom_id|>',
  '<EOT>',
  '_<EOT>',
  '[EOT]',
  '[EOS]',
  '<|end_of_text|>',
  '<end_of_utterance>',
  '<eos>',
  '<turn|>',
  '<|tool_response>',
  '<｜end▁of▁sentence｜>',
  '[e~[',
];

/** Control tokens of gpt-oss that are always shown. */
const SHOWN_NAMES: StaticArray<string> = ['<|channel|>', '<|message|>', '<|start|>', '<|constrain|>'];

/** A family's defaults for keys that the file does not have. */
export class SpecialDefaults {
  constructor(
    readonly bos: i32,
    readonly eos: i32,
    readonly unknown: i32,
    readonly addBos: bool,
  ) {}
}

/** Finds the special tokens and corrects the attributes of those that files often mark wrongly. */
export function findSpecialTokens(
  metadata: Metadata,
  vocabulary: Vocabulary,
  defaults: SpecialDefaults,
): SpecialTokens {
  const found = new Finder(metadata, vocabulary);
  const special = new SpecialTokens();
  special.bos = found.byKey('bos', defaults.bos);
  special.eos = found.byKey('eos', defaults.eos);
  special.unknown = found.byKey('unknown', defaults.unknown);
  special.padding = found.byKey('padding', NONE);
  special.eot = found.byKeyOrName('eot', EOT_NAMES);
  special.eom = found.byKeyOrName('eom', EOM_NAMES);
  found.byKeysOrName('prefix', 'fim_pre', FIM_PREFIX_NAMES);
  found.byKeysOrName('suffix', 'fim_suf', FIM_SUFFIX_NAMES);
  found.byKeysOrName('middle', 'fim_mid', FIM_MIDDLE_NAMES);
  special.addBos = metadata.flag('tokenizer.ggml.add_bos_token', defaults.addBos);
  special.addEos = metadata.flag('tokenizer.ggml.add_eos_token', false);

  const ends = new Set<i32>();
  addToken(ends, found.byKeyOrName('fim_pad', FIM_PADDING_NAMES));
  addToken(ends, found.byKeyOrName('fim_rep', FIM_REPOSITORY_NAMES));
  addToken(ends, found.byKeyOrName('fim_sep', FIM_FILE_NAMES));
  for (let i = 0; i < END_NAMES.length; ++i) {
    const id = vocabulary.findText(END_NAMES[i]);
    if (id != NONE) found.markControl(id);
    addToken(ends, id);
  }
  for (let i = 0; i < SHOWN_NAMES.length; ++i) {
    const id = vocabulary.findText(SHOWN_NAMES[i]);
    if (id != NONE) vocabulary.setAttributes(id, USER_DEFINED);
  }
  addToken(ends, special.eos);
  addToken(ends, special.eot);
  addToken(ends, special.eom);
  removeFalseEnds(ends, vocabulary);
  const ids = ends.values();
  ids.sort((a, b) => a - b);
  special.endOfGeneration = StaticArray.fromArray(ids);
  return special;
}

function addToken(set: Set<i32>, id: i32): void {
  if (id != NONE) set.add(id);
}

/** Names that end a generation in most models, but not beside certain others. */
function removeFalseEnds(ends: Set<i32>, vocabulary: Vocabulary): void {
  const call = vocabulary.findText('<|call|>') != NONE || vocabulary.findText('<|calls|>') != NONE;
  const end = vocabulary.findText('<|end|>');
  // Harmony (gpt-oss) and Solar: <|end|> only ends a part of the answer.
  if (end != NONE && call && (vocabulary.findText('<|return|>') != NONE || vocabulary.findText('<|flush|>') != NONE)) {
    ends.delete(end);
    vocabulary.setAttributes(end, USER_DEFINED);
  }
  const s = vocabulary.findText('</s>');
  if (s != NONE && vocabulary.findText('<|tool_response>') != NONE) {
    ends.delete(s);
    vocabulary.setAttributes(s, NORMAL);
  }
}

/** Looks tokens up by metadata key ("tokenizer.ggml.NAME_token_id") and by text. */
class Finder {
  constructor(
    private readonly metadata: Metadata,
    private readonly vocabulary: Vocabulary,
  ) {}

  /** A key that names no token of the vocabulary counts as absent (some files have 2^32 - 1 for "none"). */
  byKey(name: string, fallback: i32): i32 {
    const inRange = fallback < this.vocabulary.size ? fallback : NONE;
    const id = this.metadata.integer(`tokenizer.ggml.${name}_token_id`, inRange, i64.MIN_VALUE, i64.MAX_VALUE);
    return id >= 0 && id < this.vocabulary.size ? <i32>id : inRange;
  }

  byKeyOrName(key: string, names: StaticArray<string>): i32 {
    return this.byName(this.byKey(key, NONE), names);
  }

  /** Like `byKeyOrName`, for a newer key that replaces a deprecated one. */
  byKeysOrName(deprecated: string, key: string, names: StaticArray<string>): i32 {
    return this.byName(this.byKey(deprecated, this.byKey(key, NONE)), names);
  }

  private byName(known: i32, names: StaticArray<string>): i32 {
    if (known != NONE) return known;
    for (let i = 0; i < names.length; ++i) {
      const id = this.vocabulary.findText(names[i]);
      if (id == NONE) continue;
      this.markControl(id);
      return id;
    }
    return NONE;
  }

  markControl(id: i32): void {
    this.vocabulary.setAttributes(id, this.vocabulary.attributesOf(id) | CONTROL);
  }
}

/** Sets the attributes that no file carries and llama.cpp knows by the model's name. */
export function setStripping(metadata: Metadata, vocabulary: Vocabulary): void {
  const pre = metadata.text('tokenizer.ggml.pre', '');
  const name = metadata.text('general.name', '').toLowerCase();
  if (pre.includes('jina-v2-de') || pre.includes('jina-v2-es') || pre.includes('jina-v2-code')) {
    strip(vocabulary, '<mask>', LEFT_STRIP, true);
  } else if (name.includes('phi-3') || name.includes('phi3')) {
    for (let id = 0; id < vocabulary.size; ++id) {
      const attributes = vocabulary.attributesOf(id);
      if ((attributes & (CONTROL | USER_DEFINED | UNKNOWN)) != 0)
        vocabulary.setAttributes(id, attributes | RIGHT_STRIP);
    }
    strip(vocabulary, '</s>', RIGHT_STRIP, true);
    strip(vocabulary, '<unk>', RIGHT_STRIP, false);
    strip(vocabulary, '<s>', RIGHT_STRIP, false);
    strip(vocabulary, '<|endoftext|>', RIGHT_STRIP, false);
  } else if (name.includes('modern-bert')) {
    strip(vocabulary, '[MASK]', LEFT_STRIP, true);
  }
}

function strip(vocabulary: Vocabulary, text: string, attribute: u32, value: bool): void {
  const id = vocabulary.findText(text);
  if (id == NONE) return;
  const attributes = vocabulary.attributesOf(id);
  vocabulary.setAttributes(id, value ? attributes | attribute : attributes & ~attribute);
}
