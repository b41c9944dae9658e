// Turns a conversation into bytes that a canister can keep.
import type { Whole } from './merge.js';
import { exported, imported } from './transfer.js';

async function through(bytes: BlobPart, stream: CompressionStream | DecompressionStream): Promise<Uint8Array> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
}

/** The text of a conversation, without what was not sent. Equal conversations have equal texts. */
export function textOf({ conversation, messages }: Whole): string {
  const sorted = [...messages].sort((one, other) => (one.id < other.id ? -1 : 1));
  return exported({ conversations: [conversation], messages: sorted }, new Date(conversation.updated));
}

export const packed = (text: string): Promise<Uint8Array> => through(text, new CompressionStream('gzip'));

/** Errors: those of `imported`, and one if the bytes are no gzip. */
export async function unpacked(bytes: Uint8Array): Promise<Whole> {
  const plain = await through(bytes as BlobPart, new DecompressionStream('gzip'));
  const { conversations, messages } = imported(new TextDecoder().decode(plain));
  const [conversation, ...others] = conversations;
  if (!conversation || others.length > 0) throw new Error('it is not one conversation');
  return { conversation, messages };
}
