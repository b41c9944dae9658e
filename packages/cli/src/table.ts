/** A table with headings, each column as wide as its longest cell. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heads.map((head, i) => Math.max(head.length, ...rows.map((row) => row[i]!.length)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join('   ')
      .trimEnd();
  return [line(heads), ...rows.map(line)].join('\n');
}

/** The facts about one thing, one per line; undefined and empty ones are left out. */
export function facts(rows: readonly (readonly [string, string | number | undefined])[]): string {
  const there = rows.filter(([, value]) => value !== undefined && value !== '');
  const width = Math.max(...there.map(([label]) => label.length)) + 2;
  return there.map(([label, value]) => `${label.padEnd(width)}${value}`).join('\n');
}
