/** The answer of `/_/metrics`: the totals of every method and the latest messages, as JSON. Cycles are decimal text. */
import type { MessageMetrics, MethodTotals, Metrics } from '../state/metrics.js';

type Written<T> = { [Key in keyof T]: T[Key] extends bigint ? string : T[Key] };

export interface MetricsReport {
  /** `fast`: the counts lack page charges. */
  metering: Metrics['metering'];
  methods: Written<MethodTotals>[];
  /** Oldest first. */
  messages: Written<MessageMetrics>[];
}

const latest = 50;

function written<T extends object>(value: T): Written<T> {
  const entries = Object.entries(value).map(([key, item]) => [key, typeof item === 'bigint' ? `${item}` : item]);
  return Object.fromEntries(entries) as Written<T>;
}

export function metricsReport({ metering, methods, messages }: Metrics): MetricsReport {
  return { metering, methods: methods.map(written), messages: messages.slice(-latest).map(written) };
}
