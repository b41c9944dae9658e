/** Accounts of a ledger: a principal with a subaccount of 32 bytes (ICRC-1), and the ICP ledger's older identifiers of them. */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Principal } from '@icp-sdk/core/principal';
import { Trap } from './built-in.js';

export interface Account {
  owner: Principal;
  subaccount: [] | [Uint8Array | number[]];
}

const subaccountBytes = 32;

/** 32 bytes; all zeros if none is given. Throws Trap. */
export function subaccountOf([given]: Account['subaccount']): Uint8Array {
  if (given === undefined) return new Uint8Array(subaccountBytes);
  if (given.length !== subaccountBytes)
    throw new Trap(`a subaccount has ${subaccountBytes} bytes, not ${given.length}`);
  return Uint8Array.from(given);
}

/** The subaccount that stands for a principal at another one. */
export function subaccountFor(principal: Principal): Uint8Array {
  const bytes = principal.toUint8Array();
  const subaccount = new Uint8Array(subaccountBytes);
  subaccount.set([bytes.length, ...bytes]);
  return subaccount;
}

/** CRC-32 in front of 28 bytes of SHA-224 (ICP ledger). */
export function accountIdentifier({ owner, subaccount }: Account): Uint8Array {
  const hash = createHash('sha224')
    .update('\x0Aaccount-id')
    .update(owner.toUint8Array())
    .update(subaccountOf(subaccount))
    .digest();
  const identifier = Buffer.alloc(32);
  identifier.writeUInt32BE(crc32(hash), 0);
  identifier.set(hash, 4);
  return identifier;
}

/** Whether bytes can be an account identifier. */
export function isAccountIdentifier(bytes: Uint8Array): boolean {
  return bytes.length === 32 && Buffer.from(bytes).readUInt32BE(0) === crc32(bytes.subarray(4));
}
