/** What of a conversation's last message an answer goes on with, in the place of beginning a message of its own. */
export const enum Continues {
  /** Nothing: it begins anew. */
  Nothing,
  Text,
  Thoughts,
}
