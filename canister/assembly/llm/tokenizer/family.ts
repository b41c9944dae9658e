import { Problem } from '../../problem';
import { brief } from '../gguf/brief';

/** Receives a tokenizer's tokens: room for `capacity` ids in raw memory, measured by the caller. */
export class TokenList {
  /** [ i32 ] * count */
  ptr: usize = 0;
  count: u32 = 0;

  push(id: i32): void {
    store<i32>(this.ptr + ((<usize>this.count) << 2), id);
    ++this.count;
  }
}

/**
 * A family of tokenizers: how text without special tokens becomes tokens, and how a token becomes text.
 * One object serves one vocabulary.
 */
export abstract class TokenizerFamily {
  /** Why the family cannot work with the vocabulary; null if it can. */
  problem: Problem | null = null;
  /** Whether a space is put before a text that begins or follows a special token. */
  addSpacePrefix: bool = false;

  /** Bound of the tokens that `encode` appends for `bytes` bytes of text in `fragments` pieces. */
  abstract capacity(bytes: u32, fragments: u32): usize;

  /** Appends the tokens of a text that has no special tokens in it. False if memory is short. */
  abstract encode(text: usize, bytes: u32, spacePrefix: bool, out: TokenList): bool;

  /** Writes the text of an ordinary token, at most as many bytes as its text in the vocabulary has; returns the bytes. */
  abstract decode(id: i32, dst: usize): u32;

  /** Gives memory back after an unusually large text. */
  abstract trim(): void;

  abstract dispose(): void;
}

/** Why there is no family of a name, as `tokenizer.ggml.model` has it; null if there is. */
export function whyNoFamily(model: string): Problem | null {
  if (model == 'llama' || model == 'bert' || model == 'gpt2' || model == 'gemma4' || model == 'whitespace') return null;
  return new Problem(
    `the tokenizer "${brief(model)}" is not supported; ` +
      '"llama" (SentencePiece), "gpt2", "gemma4", "whitespace" (BPE) and "bert" (WordPiece) are',
  );
}
