import { brief } from '../gguf/brief';
import { CaseSplitter } from './case-splitter';
import { CharacterRun } from './character-run';
import { DeepSeekSplitter } from './deepseek-splitter';
import {
  DigitTripleSplitter,
  LetterSplitter,
  NewlineSplitter,
  NumberSplitter,
  NumberTripleSplitter,
  PlainPunctuationSplitter,
  PunctuationSplitter,
  RangeSplitter,
  ThousandsSplitter,
  TrailingSpaceSplitter,
} from './run-splitters';
import { Splitter } from './splitter';
import { Gpt2Splitter, Llama3Splitter } from './word-splitters';

/**
 * How byte-level BPE cuts a text into words before it merges: the passes that "tokenizer.ggml.pre" names, each cutting
 * the pieces of the one before (llama-vocab.cpp, `llm_tokenizer_bpe`).
 */
export class PreTokenizer {
  constructor(
    private readonly passes: Splitter[],
    /** A word that is a token is taken whole, whatever the merges say. */
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
  if (name == 'minicpm5') {
    return new PreTokenizer([new NumberTripleSplitter(), new Llama3Splitter(u32.MAX_VALUE)], true);
  }
  if (name == 'tekken') return new PreTokenizer([new CaseSplitter(1, false)], true, true);
  if (isOneOf(name, 'gpt-4o llama4 kanana2 talkie minimax-m2')) return new PreTokenizer([new CaseSplitter(3, true)]);
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

/**
 *     [\r\n]   \s?[cased letters]+   \s?[punctuation, ASCII or full width]+   \s+$   [CJK, Hangul, Indic ...]+   \p{N}+
 */
function deepseekLlm(): PreTokenizer {
  return new PreTokenizer([
    new NewlineSplitter(),
    new RangeSplitter(CASED_LETTERS, true),
    new RangeSplitter([0x21, 0x2f, 0x3a, 0x7e, 0x2018, 0x201f, 0x3000, 0x3002, 0xff01, 0xff0f, 0xff1a, 0xff5e], true),
    new TrailingSpaceSplitter(),
    new RangeSplitter([0x800, 0x9fa5, 0xac00, 0xd7ff], false),
    new NumberSplitter(false),
  ]);
}

/** `[\r\n]   \s?\p{L}+   \s?\p{P}+   [CJK, Hangul, Indic ...]+   \p{N}` */
function deepseekCoder(): PreTokenizer {
  return new PreTokenizer([
    new NewlineSplitter(),
    new LetterSplitter(),
    new PlainPunctuationSplitter(),
    new RangeSplitter([0x800, 0x9fa5, 0xac00, 0xd7ff], false),
    new NumberSplitter(true),
  ]);
}

/** `\p{N}{1,3}   [ideographs, kana]+`   and words */
function deepseekV3(): PreTokenizer {
  return new PreTokenizer([
    new NumberTripleSplitter(),
    new RangeSplitter([0x3040, 0x30ff, 0x4e00, 0x9fa5], false),
    new DeepSeekSplitter(),
  ]);
}

/** The letters that DeepSeek's tokenizer lists: those with case, in the scripts that its expression names. */
// prettier-ignore
const CASED_LETTERS: StaticArray<u32> = [
  0x41, 0x5a, 0x61, 0x7a, 0xb5, 0xb5, 0xc0, 0xd6, 0xd8, 0xf6, 0xf8, 0x1ba, 0x1bc, 0x1bf, 0x1c4, 0x293, 0x295, 0x2af,
  0x370, 0x373, 0x376, 0x377, 0x37b, 0x37d, 0x37f, 0x37f, 0x386, 0x386, 0x388, 0x38a, 0x38c, 0x38c, 0x38e, 0x3a1,
  0x3a3, 0x3f5, 0x3f7, 0x481, 0x48a, 0x52f, 0x531, 0x556, 0x10a0, 0x10c5, 0x13a0, 0x13f5, 0x13f8, 0x13fd,
  0x1c90, 0x1cba, 0x1cbd, 0x1cbf, 0x1d00, 0x1d2b, 0x1d6b, 0x1d77, 0x1d79, 0x1d9a, 0x1e00, 0x1f15, 0x1f18, 0x1f1d,
  0x1f20, 0x1f45, 0x1f48, 0x1f4d, 0x1f50, 0x1f57, 0x1f59, 0x1f59, 0x1f5b, 0x1f5b, 0x1f5d, 0x1f5d, 0x1f5f, 0x1f7d,
  0x1f80, 0x1fb4, 0x1fb6, 0x1fbc, 0x1fbe, 0x1fbe, 0x1fc2, 0x1fc4, 0x1fc6, 0x1fcc, 0x1fd0, 0x1fd3, 0x1fd6, 0x1fdb,
  0x1fe0, 0x1fec, 0x1ff2, 0x1ff4, 0x1ff6, 0x1ffc, 0x2102, 0x2102, 0x2107, 0x2107, 0x210a, 0x2113, 0x2115, 0x2115,
  0x2119, 0x211d, 0x2124, 0x2124, 0x2126, 0x2126, 0x2128, 0x2128, 0x212a, 0x212d, 0x212f, 0x2134, 0x2139, 0x2139,
  0x213c, 0x213f, 0x2145, 0x2149, 0x214e, 0x214e, 0x2183, 0x2184, 0x2c00, 0x2c7b, 0x2c7e, 0x2ce4, 0x2ceb, 0x2cee,
  0x2cf2, 0x2cf3, 0xa640, 0xa66d, 0xa680, 0xa69b, 0xa722, 0xa76f, 0xa771, 0xa787, 0xa78b, 0xa78e, 0xab70, 0xabbf,
  0xfb00, 0xfb06, 0xfb13, 0xfb17, 0xff21, 0xff3a, 0xff41, 0xff5a, 0x10400, 0x1044f, 0x104b0, 0x104d3, 0x104d8, 0x104fb,
  0x10c80, 0x10cb2, 0x10cc0, 0x10cf2, 0x118a0, 0x118df, 0x1e900, 0x1e943,
];

/** Why there is no pre-tokenizer of a name; empty if there is. */
export function whyNoPreTokenizer(name: string): string {
  return preTokenizer(name) !== null ? '' : `the pre-tokenizer "${brief(name)}" is not supported`;
}
