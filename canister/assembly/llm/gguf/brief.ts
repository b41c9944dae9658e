/** Most code units of a file's own text in an error or a status; real names are shorter. */
const MOST: i32 = 128;

/** A file's text, cut short if it is long: texts in a file may have any length. */
export function brief(text: string): string {
  if (text.length <= MOST) return text;
  // A surrogate pair is not cut in two.
  const unit = text.charCodeAt(MOST - 1);
  return text.substring(0, unit >= 0xd800 && unit < 0xdc00 ? MOST - 1 : MOST) + '...';
}
