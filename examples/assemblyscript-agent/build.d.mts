/** See build.mjs. */
export function build(): Promise<Uint8Array<ArrayBuffer>>;
