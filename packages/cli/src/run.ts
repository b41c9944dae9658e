import type { Context } from './context.js';

/** Makes an action of a command: the arguments as the command line has them, behind the context. */
// biome-ignore lint/suspicious/noExplicitAny: commander passes whatever the command declares
export type Run = (action: (context: Context, ...args: any[]) => Promise<void>) => (...args: any[]) => Promise<void>;
