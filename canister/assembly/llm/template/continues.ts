/** The part of a conversation's last message that an answer continues instead of beginning a new message. */
export const enum Continues {
  /** Nothing: it begins anew. */
  Nothing,
  Text,
  Thoughts,
}
