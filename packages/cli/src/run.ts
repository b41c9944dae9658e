import type { Context } from './context.js';

/** Makes a command's action: it gets the context, then the arguments of the command line. */
// biome-ignore lint/suspicious/noExplicitAny: commander passes whatever the command declares
export type Run = (action: (context: Context, ...args: any[]) => Promise<void>) => (...args: any[]) => Promise<void>;
