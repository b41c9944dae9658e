const HEX: string = '0123456789abcdef';

/** A string as JSON, with no more escapes than necessary. */
export function quoted(text: string): string {
  const parts: string[] = ['"'];
  for (let i = 0; i < text.length; ++i) {
    const unit = text.charCodeAt(i);
    const simple = '\b\f\n\r\t"\\'.indexOf(text.charAt(i));
    if (simple >= 0) parts.push('\\' + 'bfnrt"\\'.charAt(simple));
    else if (unit < 0x20 || unit == 0x7f) parts.push('\\u00' + HEX.charAt(unit >> 4) + HEX.charAt(unit & 15));
    else if (unit >= 0xd800 && unit < 0xe000 && !isPaired(text, i)) parts.push('\\u' + unit.toString(16));
    else parts.push(text.charAt(i));
  }
  parts.push('"');
  return parts.join('');
}

/** Whether a surrogate has its other half. */
function isPaired(text: string, index: i32): bool {
  const isHigh = text.charCodeAt(index) < 0xdc00;
  const other = isHigh ? index + 1 : index - 1;
  if (other < 0 || other >= text.length) return false;
  const unit = text.charCodeAt(other);
  return isHigh ? unit >= 0xdc00 && unit < 0xe000 : unit >= 0xd800 && unit < 0xdc00;
}
