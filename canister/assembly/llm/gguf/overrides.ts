/** Overrides of metadata values, as in llama.cpp's `--override-kv`. */
import { Metadata } from './metadata';
import { MetadataEntry } from './metadata-entry';
import { BOOL, FLOAT64, INT64, STRING } from './value-types';

/** Most overrides of one model: each search goes through all of them, and they are kept through upgrades. */
export const MAX_OVERRIDES: i32 = 64;
/** Most bytes of a key and of an overriding text, as in llama.cpp. */
export const MAX_OVERRIDE_BYTES: u32 = 127;

/** One key's value: INT64, FLOAT64 and BOOL by their bits, a STRING by its text. */
@final
export class Override {
  constructor(
    readonly key: string,
    /** One of these four types. */
    readonly type: u32,
    readonly bits: u64,
    readonly text: string,
  ) {}

  static ofInteger(key: string, value: i64): Override {
    return new Override(key, INT64, <u64>value, '');
  }

  static ofNumber(key: string, value: f64): Override {
    return new Override(key, FLOAT64, reinterpret<u64>(value), '');
  }

  static ofFlag(key: string, value: bool): Override {
    return new Override(key, BOOL, value ? 1 : 0, '');
  }

  static ofText(key: string, value: string): Override {
    return new Override(key, STRING, 0, value);
  }

  /** The key's entry in place of the file's. */
  entry(): MetadataEntry {
    if (this.type != STRING) return new MetadataEntry(this.type, false, 1, 0, 8, this.bits, new ArrayBuffer(0));
    const utf8 = String.UTF8.encode(this.text);
    const size = <u64>utf8.byteLength;
    return new MetadataEntry(STRING, false, size, 0, size, 0, utf8);
  }
}

/** Overrides the file's values. Keys that determine the file's layout have been read by then. */
export function applyOverrides(metadata: Metadata, overrides: Override[]): void {
  for (let i = 0; i < overrides.length; ++i) metadata.give(overrides[i].key, overrides[i].entry());
}

/** Fails for the first override that nothing has read: it would be ignored. */
export function refuseUnread(metadata: Metadata, overrides: Override[], architecture: string): void {
  for (let i = 0; i < overrides.length; ++i) {
    const key = overrides[i].key;
    if (metadata.isAskedFor(key)) continue;
    const why =
      key == 'general.alignment' || key.startsWith('split.')
        ? 'it says how the file is laid out'
        : `it is not read for this model of the architecture "${architecture}"`;
    return metadata.fail(`metadata key "${key}" cannot be overridden: ${why}`);
  }
}
