/** The sampling that a file suggests, as flags: keys that llama.cpp's command line uses as defaults. */
import { Metadata } from './metadata';
import { MetadataEntry } from './metadata-entry';
import { FLOAT32, isInteger } from './value-types';

const PREFIX: string = 'general.sampling.';

/** NAME of `general.sampling.NAME` and its flag. */
// prettier-ignore
const FLAGS: StaticArray<string> = [
  'temp', '--temp', 'top_k', '--top-k', 'top_p', '--top-p', 'min_p', '--min-p', 'xtc_probability', '--xtc-probability',
  'xtc_threshold', '--xtc-threshold', 'penalty_last_n', '--repeat-last-n', 'penalty_repeat', '--repeat-penalty',
  'mirostat', '--mirostat', 'mirostat_tau', '--mirostat-ent', 'mirostat_eta', '--mirostat-lr',
];

/** All suggested flags, separated by spaces; values that are not numbers are skipped. */
export function suggestedFlags(metadata: Metadata): string {
  const flags: string[] = [];
  for (let i = 0; i < FLAGS.length; i += 2) {
    const entry = metadata.find(PREFIX + FLAGS[i]);
    if (entry === null || entry.isArray) continue;
    const value = shown(entry);
    if (value.length > 0) flags.push(`${FLAGS[i + 1]} ${value}`);
  }
  return flags.join(' ');
}

function shown(entry: MetadataEntry): string {
  if (isInteger(entry.type)) return (<i64>entry.bits).toString();
  if (entry.type != FLOAT32) return '';
  // As many digits as an f32 has: 0.7, not 0.699999988.
  const value = Math.round(<f64>reinterpret<f32>(<u32>entry.bits) * 1e6) / 1e6;
  const text = value.toString();
  return text.endsWith('.0') ? text.substring(0, text.length - 2) : text;
}
