/** Class bits of one code point, as the generated file has them. */
export function classOf(codePoint: number): number;
/** Text of the generated file. */
export function generate(): string;
/** The newest Unicode version whose new characters the script knows to leave out. */
export const newestKnown: number;
