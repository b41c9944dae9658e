import { Conversion } from './conversion';
import { repeated } from './gbnf-text';
import { Json, STRING } from './json';
import { isFormat } from './primitives';

/** Strings that a schema of strings allows: of certain lengths, or of a format. */
export function stringExpression(to: Conversion, schema: Json): string {
  const least = to.count(schema, 'minLength', 0);
  const most = to.count(schema, 'maxLength', -1);
  const format = schema.member('format');
  if (most >= 0 && least > most) return to.fail('minLength is above maxLength');
  if (format !== null) {
    if (format.kind != STRING || !isFormat(format.text)) {
      return to.fail('only the formats date, time, date-time and uuid are supported');
    }
    if (least > 0 || most >= 0) return to.fail('a length beside a format is not supported');
    return to.primitive(format.text);
  }
  if (least == 0 && most < 0) return to.primitive('string');
  return `"\\"" ${repeated(to.primitive('char'), least, most)} "\\"" ${to.space}`;
}
