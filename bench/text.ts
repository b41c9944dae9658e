/** A prompt of one token per character: no merge of the generated vocabularies contains upper-case letters. */
export function promptOf(tokens: number): string {
  return Array.from({ length: tokens }, (_, i) => String.fromCharCode(65 + ((i * 7 + (i >> 3)) % 26))).join('');
}
