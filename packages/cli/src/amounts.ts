import { UsageError } from './failure.js';

const SUFFIXES: Readonly<Record<string, bigint>> = {
  '': 1n,
  K: 1_000n,
  M: 1_000_000n,
  G: 1_000_000_000n,
  B: 1_000_000_000n,
  T: 1_000_000_000_000n,
};

/** Cycles as people write them: `2T`, `1.5T`, `500_000_000`, `300B`. */
export function parseCycles(text: string): bigint {
  const match = /^(\d[\d_]*)(?:\.(\d+))?([KMGBT]?)$/i.exec(text.trim());
  const unit = SUFFIXES[match?.[3]?.toUpperCase() ?? ''];
  if (!match || unit === undefined) {
    throw new UsageError(`"${text}" is no amount of cycles`, 'Write it like 2T, 1.5T, 500B or 3_000_000_000.');
  }
  const fraction = match[2] ?? '';
  const scaled = BigInt(match[1]!.replaceAll('_', '')) * unit;
  const part = fraction === '' ? 0n : (BigInt(fraction) * unit) / 10n ** BigInt(fraction.length);
  return scaled + part;
}

/** Parses an option's whole number. */
export function parseWhole(text: string, option: string, min: number, max: number): number {
  const value = Number(text);
  if (!/^[+-]?\d+$/.test(text.trim()) || value < min || value > max) {
    throw new UsageError(`${option} takes a whole number from ${min} to ${max}, not "${text}"`);
  }
  return value;
}

/** Parses an option's positive number, which need not be whole. */
export function parseAmount(text: string, option: string, what: string, max = 1_000_000): number {
  const value = Number(text);
  if (!/^\d*\.?\d+$/.test(text.trim()) || value <= 0 || value > max) {
    throw new UsageError(`${option} takes ${what}, not "${text}"`);
  }
  return value;
}

/** 1_940_000_000_000 as `1.94 T`. */
export function formatCycles(cycles: bigint): string {
  return scaled(Number(cycles), 1000, ['', ' K', ' M', ' B', ' T']);
}

/** A time as `2026-01-31 17:05:00`, UTC. */
export function formatTime(time: Date): string {
  return time.toISOString().slice(0, 19).replace('T', ' ');
}

/** 680_000_000 as `680 MB`. */
export function formatBytes(bytes: number): string {
  return scaled(bytes, 1000, [' B', ' kB', ' MB', ' GB', ' TB']);
}

function scaled(value: number, step: number, units: readonly string[]): string {
  let unit = 0;
  let rest = value;
  while (Math.abs(rest) >= step * 0.9995 && unit < units.length - 1) {
    rest /= step;
    unit++;
  }
  const digits = unit === 0 ? 0 : rest < 9.995 ? 2 : rest < 99.95 ? 1 : 0;
  return `${rest.toFixed(digits)}${units[unit]}`;
}

/** 83 seconds as `1:23`, 3,700 as `1:01:40`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (n: number) => String(n).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}:${two(whole % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`;
}
