/**
 * The supported formats of strings, as patterns, and those that do not limit the text. If a format cannot be expressed
 * exactly, the pattern accepts only texts that certainly have it.
 */

const DAY: string =
  '(?:\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8]))|' +
  '(?:\\d\\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)';
const CLOCK: string = '(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,9})?';
const ZONE: string = '(?:Z|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)';
const SECONDS: string = '\\d{1,9}(?:\\.\\d{1,9})?S';
const TIME_SPAN: string = `T(?:\\d{1,9}H(?:\\d{1,9}M)?(?:${SECONDS})?|\\d{1,9}M(?:${SECONDS})?|${SECONDS})`;
const DATE_SPAN: string = '(?:\\d{1,9}Y(?:\\d{1,9}M(?:\\d{1,9}D)?)?|\\d{1,9}M(?:\\d{1,9}D)?|\\d{1,9}D)';
const HEX8_4_4: string = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-';
const LABEL: string = '[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?';
/** Limited to the length of a single label. */
const HOSTNAME: string = `(?=.{1,63}$)${LABEL}(?:\\.${LABEL})*`;
const BYTE: string = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const IPV4: string = `(?:${BYTE}\\.){3}${BYTE}`;
const H16: string = '[0-9a-fA-F]{1,4}';
const IPV6: string =
  `(?:(?:${H16}:){7}${H16}|(?:${H16}:){1,7}:|(?:${H16}:){1,6}:${H16}|(?:${H16}:){1,5}(?::${H16}){1,2}|` +
  `(?:${H16}:){1,4}(?::${H16}){1,3}|(?:${H16}:){1,3}(?::${H16}){1,4}|(?:${H16}:){1,2}(?::${H16}){1,5}|` +
  `${H16}:(?::${H16}){1,6}|:(?:(?::${H16}){1,7}|:))`;
const MASK4: string = '(?:3[0-2]|[12]?\\d)';
const MASK6: string = '(?:12[0-8]|1[01]\\d|[1-9]?\\d)';
const PATH_CHARACTER: string = "(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})";
const HOST: string = '[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\\d{1,5})?';
const TAIL: string = `(?:\\?(?:${PATH_CHARACTER}|[/?])*)?(?:#(?:${PATH_CHARACTER}|[/?])*)?`;
const SCHEME: string = '[A-Za-z][A-Za-z0-9+.-]*:';
const URI: string = `${SCHEME}(?://${HOST}(?:/${PATH_CHARACTER}*)*|${PATH_CHARACTER}+(?:/${PATH_CHARACTER}*)*)${TAIL}`;
const RELATIVE: string = `(?:/?${PATH_CHARACTER}+(?:/${PATH_CHARACTER}*)*)?${TAIL}`;
const MAIL_CHARACTER: string = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]";
const DOMAIN: string = '(?=.{4,63}$)(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\\.)+[A-Za-z]{2,}';
const MAIL: string = `(?=[^@]{1,64}@)${MAIL_CHARACTER}+(?:\\.${MAIL_CHARACTER}+)*@${DOMAIN}`;
const BASE64: string = '(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?';
const BASE64_URL: string = '(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2,3})?';
const POINTER: string = '(?:/(?:[^~/]|~[01])*)*';

/** Names, each with its anchored pattern; "" if the format accepts any text. */
const FORMATS: StaticArray<string> = [
  'date',
  DAY,
  'time',
  CLOCK + ZONE,
  'date-time',
  `${DAY}T${CLOCK}${ZONE}`,
  'duration',
  `P(?:${DATE_SPAN}(?:${TIME_SPAN})?|${TIME_SPAN}|\\d{1,9}W)`,
  'uuid',
  HEX8_4_4 + '[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}',
  'email',
  MAIL,
  'idn-email',
  MAIL,
  'name-email',
  MAIL,
  'hostname',
  HOSTNAME,
  'idn-hostname',
  HOSTNAME,
  'ipv4',
  IPV4,
  'ipv6',
  IPV6,
  'ipvanyaddress',
  `(?:${IPV4}|${IPV6})`,
  'ipv4network',
  `${IPV4}/${MASK4}`,
  'ipv4interface',
  `${IPV4}/${MASK4}`,
  'ipv6network',
  `${IPV6}/${MASK6}`,
  'ipv6interface',
  `${IPV6}/${MASK6}`,
  'uri',
  URI,
  'iri',
  URI,
  'uri-reference',
  `(?:${URI}|${RELATIVE})`,
  'iri-reference',
  `(?:${URI}|${RELATIVE})`,
  'uri-template',
  `(?:${PATH_CHARACTER}|[/?#]|\\{[A-Za-z0-9_]+(?:,[A-Za-z0-9_]+)*\\})*`,
  'multi-host-uri',
  URI,
  'url',
  `https?://(?=[^/:?#]{4,63}(?:[/:?#]|$))(?:${LABEL}\\.)+[A-Za-z]{2,}(?::\\d{2,5})?(?:/${PATH_CHARACTER}*)*${TAIL}`,
  'json-pointer',
  POINTER,
  'relative-json-pointer',
  `(?:0|[1-9]\\d{0,8})(?:#|${POINTER})`,
  'byte',
  BASE64,
  'base64',
  BASE64,
  'base64url',
  BASE64_URL,
  'jwt',
  'eyJ[A-Za-z0-9_-]{2,}\\.eyJ[A-Za-z0-9_-]{2,}\\.[A-Za-z0-9_-]*',
  'uuid1',
  HEX8_4_4 + '1[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}',
  'uuid3',
  HEX8_4_4 + '3[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}',
  'uuid4',
  HEX8_4_4 + '4[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}',
  'uuid5',
  HEX8_4_4 + '5[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}',
  'uuid6',
  HEX8_4_4 + '6[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}',
  'uuid7',
  HEX8_4_4 + '7[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}',
  'uuid8',
  HEX8_4_4 + '8[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}',
  'password',
  '',
  'binary',
  '',
  'text',
  '',
  'textarea',
  '',
  'multiline',
  '',
  'markdown',
  '',
  'html',
  '',
  'path',
  '',
  'file-path',
  '',
  'directory-path',
  '',
];

/** Values of contentEncoding with their patterns: RFC 4648 for bytes; encodings of text do not limit it. */
const ENCODINGS: StaticArray<string> = [
  'base64',
  BASE64,
  'base64url',
  BASE64_URL,
  'base16',
  '(?:[0-9A-F]{2})*',
  'base32',
  '(?:[A-Z2-7]{8})*(?:[A-Z2-7]{2}={6}|[A-Z2-7]{4}={4}|[A-Z2-7]{5}={3}|[A-Z2-7]{7}=)?',
  '7bit',
  '',
  '8bit',
  '',
  'binary',
  '',
  'quoted-printable',
  '',
];

/** The least and the greatest number of the formats of numbers; "" for no bound. */
const NUMBER_FORMATS: StaticArray<string> = [
  'int8',
  '-128',
  '127',
  'uint8',
  '0',
  '255',
  'int16',
  '-32768',
  '32767',
  'uint16',
  '0',
  '65535',
  'int32',
  '-2147483648',
  '2147483647',
  'uint32',
  '0',
  '4294967295',
  'int64',
  '-9223372036854775808',
  '9223372036854775807',
  'uint64',
  '0',
  '18446744073709551615',
  'uint',
  '0',
  '18446744073709551615',
  'double-int',
  '-9007199254740991',
  '9007199254740991',
  'float',
  '',
  '',
  'double',
  '',
  '',
  'decimal',
  '',
  '',
  'decimal128',
  '',
  '',
];

/** Place of a format of strings; -1 if it is not known. */
export function formatOf(name: string): i32 {
  for (let i = 0; i < FORMATS.length; i += 2) if (FORMATS[i] == name) return i;
  return -1;
}

export function patternOfFormat(place: i32): string {
  return FORMATS[place + 1];
}

export function encodingOf(name: string): i32 {
  for (let i = 0; i < ENCODINGS.length; i += 2) if (ENCODINGS[i] == name) return i;
  return -1;
}

export function patternOfEncoding(place: i32): string {
  return ENCODINGS[place + 1];
}

/** Index of a format of numbers; -1 if it is none. */
export function numberFormatOf(name: string): i32 {
  for (let i = 0; i < NUMBER_FORMATS.length; i += 3) if (NUMBER_FORMATS[i] == name) return i;
  return -1;
}

export function leastOfFormat(place: i32): string {
  return NUMBER_FORMATS[place + 1];
}

export function greatestOfFormat(place: i32): string {
  return NUMBER_FORMATS[place + 2];
}
