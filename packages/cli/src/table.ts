/** Columns below their heads, as wide as what is in them. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heads.map((head, i) => Math.max(head.length, ...rows.map((row) => row[i]!.length)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join('   ')
      .trimEnd();
  return [line(heads), ...rows.map(line)].join('\n');
}

/** What is known of one thing, a line each; what is undefined or empty is left out. */
export function facts(rows: readonly (readonly [string, string | number | undefined])[]): string {
  const there = rows.filter(([, value]) => value !== undefined && value !== '');
  const width = Math.max(...there.map(([label]) => label.length)) + 2;
  return there.map(([label, value]) => `${label.padEnd(width)}${value}`).join('\n');
}
