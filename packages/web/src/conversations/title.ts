/** Most characters of a title that nobody has given. */
const MOST = 60;

/** What a conversation is called after its first question: the beginning of it, cut between words. */
export function titleOf(question: string): string {
  const line = question.replace(/\s+/g, ' ').trim();
  if (line.length <= MOST) return line;
  const cut = line.slice(0, MOST);
  const end = cut.lastIndexOf(' ');
  return `${end > MOST / 2 ? cut.slice(0, end) : [...cut].slice(0, -1).join('')}…`;
}
