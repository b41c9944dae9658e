/** Class bits of one code point, as the generated file has them. */
export function classOf(codePoint: number): number;
/** Text of the generated file. */
export function generate(): string;
/** The small letter of a code point, or the code point. */
export function lowerOf(codePoint: number): number;
/** The first character of what a code point is composed of. */
export function baseOf(codePoint: number): number;
/** Controls, formats, private use. */
export function isControl(codePoint: number): boolean;
/** Text of the generated file of normalization. */
export function generateNormalization(): string;
/** The newest Unicode version whose new characters the script knows to leave out. */
export const newestKnown: number;
