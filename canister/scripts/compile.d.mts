/** See compile.mjs. */
export const managedHeap: string[];
export function compile(module: {
  entry: string;
  out: string;
  abort: string;
  transforms?: (new () => object)[];
  flags?: string[];
}): Promise<Uint8Array<ArrayBuffer>>;
