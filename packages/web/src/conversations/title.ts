/** The most characters of a title that is made automatically. */
const MOST = 60;

/** The title of a conversation with this first question: its beginning, cut between words. */
export function titleOf(question: string): string {
  const line = question.replace(/\s+/g, ' ').trim();
  if (line.length <= MOST) return line;
  const cut = line.slice(0, MOST);
  const end = cut.lastIndexOf(' ');
  return `${end > MOST / 2 ? cut.slice(0, end) : [...cut].slice(0, -1).join('')}…`;
}
