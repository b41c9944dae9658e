/**
 * What administrators have set, and what the canister has to know of itself after an upgrade: values in stable memory
 * (storage/values.ts), each by its name and in a version of its own. Which fields one has is said where it is used.
 */
import { Problem } from '../../problem';
import { FieldWriter, Fields, ValueSet } from '../../storage/values';

const settings = new ValueSet('settings');


@final
export class Setting {
  private readonly key: ArrayBuffer;

  /** A name keeps its meaning for ever. */
  constructor(name: string) {
    this.key = String.UTF8.encode(name);
  }

  /** Its fields, of which none is there until it is written. */
  read(): Fields {
    return settings.read(changetype<usize>(this.key), this.key.byteLength);
  }

  /** Null, or why it cannot be written; then it is as it was. */
  write(value: FieldWriter): Problem | null {
    return settings.write(changetype<usize>(this.key), this.key.byteLength, value);
  }

  /** Makes it one that was never written. */
  clear(): void {
    settings.remove(changetype<usize>(this.key), this.key.byteLength);
  }
}
