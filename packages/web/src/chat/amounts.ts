// Writes numbers as people read them.

const STEPS: [number, string][] = [
  [1e12, 'T'],
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'k'],
];

/** Three significant digits, and a letter: 1.23 B. */
export function short(value: number): string {
  for (const [size, letter] of STEPS) {
    if (Math.abs(value) >= size * 0.9995) return `${Number((value / size).toPrecision(3))} ${letter}`;
  }
  return String(Math.round(value));
}

/** In US dollars, approximately: 10^12 cycles are one XDR. */
const USD_PER_TRILLION_CYCLES = 1.4;

/** Dollars with two significant digits: $0.0012, $3.40. */
export function money(usd: number): string {
  if (usd === 0) return '$0';
  if (usd >= 0.1) return `$${usd.toFixed(2)}`;
  const digits = Math.min(9, 1 - Math.floor(Math.log10(usd)));
  return `$${usd.toFixed(digits)}`;
}

export function usdOf(cycles: number): number {
  return (cycles / 1e12) * USD_PER_TRILLION_CYCLES;
}

/** Seconds as 12 s, 3 min or 1.5 h. */
export function time(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${Number((seconds / 3600).toPrecision(2))} h`;
}
