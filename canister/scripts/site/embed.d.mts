/** The site as it is in the canister, of the page as it is built. */
export function siteBytes(): Buffer;
/** The module with the bytes in its memory from the beginning on. */
export function embed(module: Buffer, place: { address: number; most: number }, bytes: Buffer): Buffer;
