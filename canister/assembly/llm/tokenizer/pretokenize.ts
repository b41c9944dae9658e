import { Problem } from '../../problem';
import { brief } from '../gguf/brief';
import { CaseSplitter } from './case-splitter';
import { IndentSplitter, MarkSplitter, PictureSplitter } from './chameleon-splitters';
import { CharacterRun } from './character-run';
import { DeepSeekSplitter } from './deepseek-splitter';
import { KimiSplitter } from './kimi-splitter';
import { ClauseSplitter, PhraseSplitter } from './phrase-splitters';
import {
  DigitTripleSplitter,
  LetterSplitter,
  LineSplitter,
  NewlineSplitter,
  NumberGroupSplitter,
  NumberSplitter,
  NumberTripleSplitter,
  PlainPunctuationSplitter,
  PunctuationSplitter,
  RangeSplitter,
  SpaceSplitter,
  ThousandsSplitter,
  TrailingSpaceSplitter,
} from './run-splitters';
import {
  AFMOE_SCRIPTS,
  BOPOMOFO,
  CASED_LETTERS,
  EAST_ASIAN,
  EAST_ASIAN_PUNCTUATION,
  HANGUL,
  IDEOGRAPHS_AND_KANA,
  VISIBLE_PUNCTUATION,
} from './script-ranges';
import { Splitter } from './splitter';
import { UncasedSplitter } from './uncased-splitter';
import { Gpt2Splitter, Llama3Splitter } from './word-splitters';

/**
 * How BPE cuts a text into words before it merges: the passes that "tokenizer.ggml.pre" names, each cutting the pieces of
 * the one before (llama-vocab.cpp, `llm_tokenizer_bpe`).
 */
export class PreTokenizer {
  /** Words are merged as they are written, not in the alphabet of bytes (raw-bpe.ts). */
  raw: bool = false;
  /** A word of nothing but ends of lines that is a token is taken whole. */
  wholeNewlines: bool = false;
  /** White space cuts words and is lost. */
  skipsSpace: bool = false;
  /** A file may have no merges. */
  mergesOptional: bool = false;
  /** A text always begins with the BOS token, even if the file says otherwise. */
  alwaysBos: bool = false;

  constructor(
    private readonly passes: Splitter[],
    /** A word that is a token is taken whole, without the merges. */
    readonly ignoreMerges: bool = false,
    /** A text begins with the BOS token unless the file says otherwise. */
    readonly addBos: bool = false,
  ) {}

  split(text: CharacterRun): void {
    for (let pass = 0; pass < this.passes.length; ++pass) {
      const splitter = this.passes[pass];
      for (let start: u32 = 0; start < text.count;) {
        const end = text.end(start);
        splitter.split(text, start, end);
        start = end;
      }
    }
  }
}

/** The pre-tokenizer of a name, or null if it is not known. No name counts as "default". */
export function preTokenizer(name: string): PreTokenizer | null {
  if (isOneOf(name, 'llama3 llama-v3 llama-bpe falcon3 falcon-h1 pixtral midm-2.0 lfm2 jina-v5-nano')) {
    return new PreTokenizer([new Llama3Splitter(3)], true, true);
  }
  if (isOneOf(name, 'dbrx smaug-bpe glm4 chatglm-bpe')) return new PreTokenizer([new Llama3Splitter(3)]);
  if (
    isOneOf(
      name,
      'qwen2 deepseek-r1-qwen kormo f2llmv2 stablelm2 hunyuan solar-open megrez grok-2 bailingmoe bailingmoe2 llada-moe',
    )
  ) {
    return new PreTokenizer([new Llama3Splitter(1)]);
  }
  if (name == 'qwen35') return new PreTokenizer([new Llama3Splitter(1, true)]);
  if (name == 'laguna') return new PreTokenizer([new LineSplitter(), new Llama3Splitter(1)]);
  if (isOneOf(name, 'ufakzeka seed-coder jais-2')) return new PreTokenizer([variantOfLlama3(name)]);
  if (name == 'minicpm5') {
    return new PreTokenizer([new NumberTripleSplitter(), new Llama3Splitter(u32.MAX_VALUE)], true);
  }
  if (name == 'tekken') return new PreTokenizer([new CaseSplitter(1, false)], true, true);
  if (isOneOf(name, 'gpt-4o llama4 kanana2 talkie minimax-m2')) return new PreTokenizer([new CaseSplitter(3, true)]);
  if (name == 'granite-embed-multi-97m') return new PreTokenizer([new CaseSplitter(3, true, true)], true);
  if (isOneOf(name, 'tiny_aya cohere2moe')) {
    return new PreTokenizer([new NumberGroupSplitter(), new UncasedSplitter(3)]);
  }
  if (name == 'youtu') return youtu();
  if (name == 'kimi-k2') {
    const words = new PreTokenizer([new KimiSplitter()]);
    words.mergesOptional = true;
    return words;
  }
  if (name == 'exaone-moe') return new PreTokenizer([new PhraseSplitter()]);
  if (isOneOf(name, 'poro-chat bloom gpt3-finnish')) return new PreTokenizer([new ClauseSplitter()]);
  if (name == 'viking') return new PreTokenizer([new ClauseSplitter(), new NumberSplitter(true)]);
  if (name == 'chameleon') return chameleon();
  if (
    isOneOf(
      name,
      'gpt-2 phi-2 gigachat mellum a.x-4.0 mpt olmo jais trillion granite-docling exaone4 jina-es jina-de jina-v2-es ' +
        'jina-v2-de modern-bert jina-v1-en jina-v2-code roberta-bpe',
    )
  ) {
    return new PreTokenizer([new Gpt2Splitter()]);
  }
  if (isOneOf(name, 'smollm starcoder refact command-r codeshell exaone minerva-7b mellum2')) {
    return new PreTokenizer([new NumberSplitter(true), new Gpt2Splitter()]);
  }
  if (name == 'falcon') {
    return new PreTokenizer([new PunctuationSplitter(true), new Gpt2Splitter(), new DigitTripleSplitter()]);
  }
  if (name == 'superbpe') return new PreTokenizer([new NumberSplitter(false), new ThousandsSplitter()]);
  if (name == 'deepseek-llm') return deepseekLlm();
  if (name == 'deepseek-coder') return deepseekCoder();
  if (isOneOf(name, 'deepseek-v3 hunyuan-dense joyai-llm hy_v4')) return deepseekV3();
  if (name == 'spark2_5') return spark();
  if (name == 'afmoe') return afmoe();
  if (isOneOf(name, 'gemma4 granite-embed-multi-311m sarvam-moe')) return lines(name);
  if (name == 'whitespace') {
    const words = new PreTokenizer([new SpaceSplitter()]);
    words.raw = words.skipsSpace = true;
    return words;
  }
  if (name == 'default' || name == '') {
    return new PreTokenizer([
      new PunctuationSplitter(false),
      new Gpt2Splitter(),
      new NumberSplitter(false),
      new DigitTripleSplitter(),
    ]);
  }
  return null;
}

function isOneOf(name: string, names: string): bool {
  const list = names.split(' ');
  return list.includes(name);
}

/** Llama 3's words with one difference, or two. */
function variantOfLlama3(name: string): Splitter {
  const words = new Llama3Splitter(name == 'jais-2' ? 3 : 1);
  words.contractions = name != 'ufakzeka';
  words.newlinesFollow = name != 'seed-coder';
  words.powers = name == 'jais-2';
  return words;
}

/** Each of `[Hangul]+`, `[punctuation]+`, `[bopomofo]+` and `[ideographs, kana]+`, and words. */
function youtu(): PreTokenizer {
  const passes: Splitter[] = [
    new RangeSplitter(HANGUL, false),
    new RangeSplitter(EAST_ASIAN_PUNCTUATION, false),
    new RangeSplitter(BOPOMOFO, false),
    new RangeSplitter(IDEOGRAPHS_AND_KANA, false),
    new UncasedSplitter(1),
  ];
  return new PreTokenizer(passes, true);
}

function chameleon(): PreTokenizer {
  const passes: Splitter[] = [
    new PictureSplitter(),
    new IndentSplitter(),
    new NumberSplitter(true),
    new MarkSplitter(),
    new Gpt2Splitter(),
  ];
  return new PreTokenizer(passes, false, true);
}

/**
 *     [\r\n]   \s?[cased letters]+   \s?[punctuation, ASCII or full width]+   \s+$   [CJK, Hangul, Indic ...]+   \p{N}+
 */
function deepseekLlm(): PreTokenizer {
  return new PreTokenizer([
    new NewlineSplitter(),
    new RangeSplitter(CASED_LETTERS, true),
    new RangeSplitter(VISIBLE_PUNCTUATION, true),
    new TrailingSpaceSplitter(),
    new RangeSplitter(EAST_ASIAN, false),
    new NumberSplitter(false),
  ]);
}

/** `[\r\n]   \s?\p{L}+   \s?\p{P}+   [CJK, Hangul, Indic ...]+   \p{N}` */
function deepseekCoder(): PreTokenizer {
  return new PreTokenizer([
    new NewlineSplitter(),
    new LetterSplitter(),
    new PlainPunctuationSplitter(),
    new RangeSplitter(EAST_ASIAN, false),
    new NumberSplitter(true),
  ]);
}

/** `\p{N}{1,3}   [ideographs, kana]+`   and words */
function deepseekV3(): PreTokenizer {
  return new PreTokenizer([
    new NumberTripleSplitter(),
    new RangeSplitter(IDEOGRAPHS_AND_KANA, false),
    new DeepSeekSplitter(),
  ]);
}

/** As DeepSeek V3, but the end of a line is a word of its own, and so is a digit. */
function spark(): PreTokenizer {
  return new PreTokenizer([
    new NumberTripleSplitter(),
    new RangeSplitter(IDEOGRAPHS_AND_KANA, false),
    new DeepSeekSplitter(true),
    new NumberSplitter(true),
  ]);
}

function afmoe(): PreTokenizer {
  return new PreTokenizer([new NumberGroupSplitter(), new RangeSplitter(AFMOE_SCRIPTS, false), new DeepSeekSplitter()]);
}

/** Lines, and runs of their ends, as words, spelled as SentencePiece spells them. */
function lines(name: string): PreTokenizer {
  const words = new PreTokenizer([new LineSplitter()]);
  words.raw = true;
  words.wholeNewlines = words.alwaysBos = name != 'sarvam-moe';
  return words;
}

/** Why there is no pre-tokenizer of a name; null if there is. */
export function whyNoPreTokenizer(name: string): Problem | null {
  return preTokenizer(name) !== null ? null : new Problem(`the pre-tokenizer "${brief(name)}" is not supported`);
}
