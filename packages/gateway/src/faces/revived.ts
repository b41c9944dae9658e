// Streams of a gateway that has ended: the answer is read from the canister again, from the beginning, and written in
// the same way as before, so that its events have the same numbers.
import type { Said, Transcript } from '../answering/transcript.js';
import { refusalOf } from '../failures.js';
import type { Recipe } from '../state/state.js';
import { uncancelled } from './answer.js';
import type { Desk, Speaker } from './desk.js';
import { shapeOf } from './shapes.js';

/**
 * The transcript of a stream: the one in memory, or else one from what was kept on disk. Errors: a Refusal if there is
 * none.
 */
export async function transcriptOf(desk: Desk, id: string, owner: string): Promise<Transcript> {
  if (desk.transcripts.has(id)) return desk.transcripts.find(id, owner);
  const record = desk.state?.stream(id);
  const { attach } = desk.backend;
  // A caller who may not read the stream gets the same answer as if it did not exist.
  if (record === undefined || record.owner !== owner || attach === undefined) return desk.transcripts.find(id, owner);
  const transcript = desk.transcripts.begin(id, owner, true);
  transcript.canBeFound = true;
  const { recipe, reference, path, tellsCancelled } = record;
  const failed = (error: unknown) => shapeOf(path, new Headers()).frames(refusalOf(error), id);
  const deltas = await attach.call(desk.backend, reference, transcript.signal).catch((error) => {
    desk.transcripts.drop(id);
    // Other readers that found the transcript meanwhile get the error, too, and do not wait forever.
    void transcript.fill(failing(error), failed);
    throw error;
  });
  const speaker = desk.speakers[recipe.face] as (recipe: Recipe, owner: string) => ReturnType<Speaker>;
  const said = speaker(recipe, owner)([tellsCancelled ? deltas : uncancelled(deltas)]);
  void transcript.fill(said, failed);
  return transcript;
}

// biome-ignore lint/correctness/useYield: it has nothing to say
async function* failing(error: unknown): AsyncGenerator<Said> {
  throw error;
}
