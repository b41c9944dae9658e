/** A word as it has to be typed into a shell, for commands that are shown to be copied: in quotes where it needs them. */
export function shellWord(word: string): string {
  return /^[\w./@:+,=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
