import { Conversion } from './conversion';
import { repeated } from './gbnf-text';
import { ARRAY, Json } from './json';

/** Arrays that a schema of them allows: the items of prefixItems, and behind them a number of others. */
export function arrayExpression(to: Conversion, schema: Json): string {
  const least = to.count(schema, 'minItems', 0);
  const most = to.count(schema, 'maxItems', -1);
  const unique = schema.member('uniqueItems');
  if (unique !== null && !unique.isFalse && !(most >= 0 && most <= 1)) {
    return to.fail('uniqueItems is not supported');
  }
  const first = schema.member('prefixItems');
  const rest = schema.member('items');
  if (first !== null && first.kind != ARRAY) return to.fail('prefixItems is no list');
  const fixed = first === null ? 0 : first.items.length;
  const isOpen = rest === null ? first === null : !rest.isFalse;
  if (most >= 0 && (least > most || <i64>fixed > most)) return to.fail('maxItems is too small');
  if (!isOpen && least > <i64>fixed) return to.fail('minItems is too large');
  const items: string[] = [];
  for (let i = 0; i < fixed; ++i) items.push(to.schema(first!.items[i], 'prefixItems', i.toString()));
  const parts: string[] = [`"[" ${to.space}`];
  if (fixed > 0) parts.push(items.join(' "," space '));
  const more = most < 0 ? -1 : most - fixed;
  if (isOpen && more != 0) {
    const item = rest === null ? to.primitive('value') : to.schema(rest, 'items');
    const needed = max<i64>(0, least - fixed);
    if (fixed > 0) {
      parts.push(repeated(`("," space ${item})`, needed, more));
    } else {
      const following = `${item} ${repeated(`("," space ${item})`, max<i64>(0, needed - 1), more < 0 ? -1 : more - 1)}`;
      parts.push(needed == 0 ? `(${following})?` : following);
    }
  }
  parts.push(`"]" space`);
  return parts.join(' ');
}
