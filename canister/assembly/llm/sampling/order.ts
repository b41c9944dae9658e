/** The samplers of a chain and their order, in the notation of llama.cpp's command line. */
import { Problem, Result } from '../../problem';
import { SAMPLERS } from './samplers';

/** Samplers in one chain. Stops a list of a million of them. */
const MAX_SAMPLERS: i32 = 64;

/** Numbers from samplers.ts. */
type Order = StaticArray<u8>;

function refused(why: string): Result<Order> {
  return Result.fail<Order>(new Problem(why));
}

/** Reads `--samplers`: names, separated by semicolons. An empty text is a chain without samplers. */
export function orderFromNames(text: string): Result<Order> {
  const order: u8[] = [];
  const names = text.split(';');
  if (names.length > MAX_SAMPLERS) return refused(`${names.length} samplers; at most ${MAX_SAMPLERS} are accepted`);
  for (let i = 0; i < names.length; ++i) {
    const name = names[i].trim();
    if (name.length == 0) continue;
    const sampler = byName(name.toLowerCase());
    if (sampler < 0) return refused(`the sampler "${name}" is not supported`);
    order.push(<u8>sampler);
  }
  return Result.ok<Order>(StaticArray.fromArray(order));
}

/** Reads `--sampler-seq`: one letter for each sampler. */
export function orderFromLetters(text: string): Result<Order> {
  if (text.length > MAX_SAMPLERS) return refused(`${text.length} samplers; at most ${MAX_SAMPLERS} are accepted`);
  const order = new StaticArray<u8>(text.length);
  for (let i = 0; i < text.length; ++i) {
    const sampler = byLetter(text.charAt(i));
    if (sampler < 0) return refused(`the sampler "${text.charAt(i)}" is not supported`);
    order[i] = <u8>sampler;
  }
  return Result.ok<Order>(order);
}

function byName(name: string): i32 {
  for (let sampler = 0; sampler < SAMPLERS.length; ++sampler) {
    if (SAMPLERS[sampler].names.split(' ').includes(name)) return sampler;
  }
  return -1;
}

function byLetter(letter: string): i32 {
  for (let sampler = 0; sampler < SAMPLERS.length; ++sampler) if (SAMPLERS[sampler].letter == letter) return sampler;
  return -1;
}
