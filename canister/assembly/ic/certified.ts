import { certified_data_set, data_certificate_copy, data_certificate_present, data_certificate_size } from './ic0';

/**
 * Sets the canister's certified data, at most 32 bytes (a root hash); the subnet signs it from the end of this message
 * on.
 */
export function certify(data: ArrayBuffer): void {
  certified_data_set(changetype<usize>(data), data.byteLength);
}

/** The certificate of the bytes given to {@link certify}, CBOR; null in an update call, where there is none. */
export function certificate(): ArrayBuffer | null {
  if (!data_certificate_present()) return null;
  const size = data_certificate_size();
  const bytes = new ArrayBuffer(<i32>size);
  data_certificate_copy(changetype<usize>(bytes), 0, size);
  return bytes;
}
