/**
 * Settings, and what the canister has to remember over an upgrade: values in stable memory (storage/values.ts), each
 * with its own name and version. The code that uses a setting describes its fields.
 */
import { Problem } from '../../problem';
import { FieldWriter, Fields, ValueSet } from '../../storage/values';

const settings = new ValueSet('settings');


@final
export class Setting {
  private readonly key: ArrayBuffer;

  /** The meaning of a name never changes. */
  constructor(name: string) {
    this.key = String.UTF8.encode(name);
  }

  /** Its fields, which are missing until it is written. */
  read(): Fields {
    return settings.read(changetype<usize>(this.key), this.key.byteLength);
  }

  /** Null, or why it cannot be written; then nothing has changed. */
  write(value: FieldWriter): Problem | null {
    return settings.write(changetype<usize>(this.key), this.key.byteLength, value);
  }

  /** Makes it unwritten. */
  clear(): void {
    settings.remove(changetype<usize>(this.key), this.key.byteLength);
  }
}
