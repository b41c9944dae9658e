// Streams of a gateway that was ended: they are read once more from the canister, from the beginning, and said as before, so
// that their events have the numbers that they had.
import type { Said, Transcript } from '../answering/transcript.js';
import { refusalOf } from '../failures.js';
import type { Recipe } from '../state/state.js';
import { uncancelled } from './answer.js';
import type { Desk, Speaker } from './desk.js';
import { shapeOf } from './shapes.js';

/** The transcript of a stream, as it is or from what was kept of it. Errors: where there is none. */
export async function transcriptOf(desk: Desk, id: string, owner: string): Promise<Transcript> {
  if (desk.transcripts.has(id)) return desk.transcripts.find(id, owner);
  const record = desk.state?.stream(id);
  const { attach } = desk.backend;
  // Whoever may not read it is told the same as if there were none.
  if (record === undefined || record.owner !== owner || attach === undefined) return desk.transcripts.find(id, owner);
  const transcript = desk.transcripts.begin(id, owner, true);
  transcript.canBeFound = true;
  const { recipe, reference, path, tellsCancelled } = record;
  const failed = (error: unknown) => shapeOf(path, new Headers()).frames(refusalOf(error), id);
  const deltas = await attach.call(desk.backend, reference, transcript.signal).catch((error) => {
    desk.transcripts.drop(id);
    // Who came for it meanwhile does not wait for ever.
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
