// Amounts as people write and read them: 256 MiB, 2 T, 1 h.

export type Unit = 'count' | 'bytes' | 'cycles' | 'seconds';

const THOUSANDS: [string, bigint][] = [
  ['T', 10n ** 12n],
  ['B', 10n ** 9n],
  ['M', 10n ** 6n],
  ['k', 1000n],
];

/** The units that may follow a number, the greatest first. */
const STEPS: Readonly<Record<Unit, [string, bigint][]>> = {
  count: THOUSANDS,
  cycles: THOUSANDS,
  bytes: [
    ['GiB', 2n ** 30n],
    ['MiB', 2n ** 20n],
    ['KiB', 1024n],
  ],
  seconds: [
    ['d', 86_400n],
    ['h', 3600n],
    ['min', 60n],
    ['s', 1n],
  ],
};

/** The exact number, in the greatest unit of which it is a whole multiple. */
export function quantity(value: bigint, unit: Unit): string {
  const step = STEPS[unit].find(([, size]) => value !== 0n && value % size === 0n);
  return step ? `${value / step[1]} ${step[0]}` : String(value);
}

/** The number in a text; undefined if there is none, or it is not whole. */
export function parseQuantity(text: string, unit: Unit): bigint | undefined {
  const [, whole, decimals = '', name = ''] = /^(\d[\d_,]*)(?:\.(\d+))?\s*([a-z]*)$/i.exec(text.trim()) ?? [];
  if (whole === undefined) return undefined;
  const lower = name.toLowerCase();
  const size = name === '' ? 1n : STEPS[unit].find(([each]) => each.toLowerCase() === lower)?.[1];
  if (size === undefined) return undefined;
  const scale = 10n ** BigInt(decimals.length);
  const amount = BigInt(whole.replace(/[_,]/g, '') + decimals) * size;
  return amount % scale === 0n ? amount / scale : undefined;
}

/** A rounded number of bytes: 1.24 GiB. */
export function bytes(value: number | bigint): string {
  const number = Number(value);
  const step = STEPS.bytes.find(([, size]) => number >= Number(size));
  return step ? `${Number((number / Number(step[1])).toPrecision(3))} ${step[0]}` : `${number} B`;
}
