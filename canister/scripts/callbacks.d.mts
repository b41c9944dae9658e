/** See callbacks.mjs. */
import { Transform } from 'assemblyscript/transform';
export const callbacks: ReadonlyMap<number, string>;
export const callbackFlags: string[];
export class Callbacks extends Transform {}
