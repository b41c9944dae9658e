/**
 * Formats of strings as other implementations judge them: Node's parsers of addresses and URLs, calendar dates, RFC
 * 4648.
 */
import { isIPv4, isIPv6 } from 'node:net';

const isDate = (text: string): boolean => {
  const day = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
};
const isTime = (text: string): boolean =>
  /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/.test(text);
const isBase64 = (text: string): boolean => Buffer.from(text, 'base64').toString('base64').length === text.length;
const isHostname = (text: string): boolean =>
  text.length <= 253 && text.split('.').every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(label));
const isEmail = (text: string): boolean => {
  const [local = '', domain = '', ...more] = text.split('@');
  const atoms = local.split('.');
  const isLocal = local.length <= 64 && atoms.every((atom) => /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+$/i.test(atom));
  return isLocal && more.length === 0 && domain.includes('.') && isHostname(domain);
};
const isPointer = (text: string): boolean => text === '' || /^\/([^~]|~[01])*$/su.test(text);
const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
const isUri = (text: string): boolean =>
  URL.canParse(/^[a-z][a-z0-9+.-]*:/i.exec(text) ? text.replace(/^\w+:/, 'x:') : '');

export const formats: Record<string, (text: string) => boolean> = {
  date: isDate,
  time: isTime,
  'date-time': (text) => isDate(text.split('T')[0]!) && isTime(text.split('T')[1] ?? ''),
  duration: (text) => /^P(?!$)(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$|^P\d+W$/.test(text),
  uuid: isUuid,
  uuid4: (text) => isUuid(text) && text[14] === '4',
  email: isEmail,
  hostname: isHostname,
  ipv4: isIPv4,
  ipv6: isIPv6,
  uri: isUri,
  'uri-reference': (text) => /^[\w.~!$&'()*+,;=:@%/?#-]*$/.test(text) && URL.canParse(text, 'x://y/'),
  url: (text) => isUri(text) && /^https?:/.test(text),
  'json-pointer': isPointer,
  byte: isBase64,
  base64: isBase64,
  base64url: (text) => Buffer.from(text, 'base64url').toString('base64url').length === text.length,
};

const ranges: Record<string, [bigint, bigint]> = {
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint8: [0n, 255n],
};

/** Whether a number has a format of numbers. */
export const isOfRange = (value: number, format: string): boolean => {
  const range = ranges[format];
  return !range || (Number.isInteger(value) && value >= Number(range[0]) && value <= Number(range[1]));
};
