// A key that this browser makes and cannot reveal. A user who clears the page's data is somebody else afterwards.
import { ECDSAKeyIdentity } from '@icp-sdk/core/identity';
import type { Store } from '../store/store.js';

const SETTING = 'key';

export async function browserKey(store: Store): Promise<ECDSAKeyIdentity> {
  const known = await store.setting<CryptoKeyPair>(SETTING);
  if (known) return ECDSAKeyIdentity.fromKeyPair(known);
  const made = await ECDSAKeyIdentity.generate({ extractable: false });
  return ECDSAKeyIdentity.fromKeyPair(await store.setOnce(SETTING, made.getKeyPair() as CryptoKeyPair));
}
