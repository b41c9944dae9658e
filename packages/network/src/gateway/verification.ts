/** Verification of certified responses, versions 1 and 2, by the library that the main net's gateways use too. */
import type { Principal } from '@icp-sdk/core/principal';
import type { Header, HttpRequest } from './http-interface.js';

/** How far a certificate's time may be from now, in nanoseconds. */
const maxCertificateAge = 300_000_000_000n;
/** Canisters may certify for version 1 still. */
const oldestVersion = 1;

export interface Verified {
  version: number;
  /** The certified headers; undefined if the canister certified that there are none. */
  headers: Header[] | undefined;
}

/** A response does not verify; the text says why. */
export class VerificationError extends Error {}

export interface Response {
  status_code: number;
  headers: Header[];
  body: Uint8Array;
}

/** Throws VerificationError. */
export async function verifyResponse(
  request: HttpRequest,
  response: Response,
  canister: Principal,
  { time, rootKey }: { time: bigint; rootKey: Uint8Array },
): Promise<Verified> {
  // Loaded when it is needed first: most networks never serve a page.
  const { verifyRequestResponsePair } = await import('@dfinity/response-verification');
  try {
    const { verificationVersion, response: certified } = verifyRequestResponsePair(
      { ...request, certificate_version: [2] },
      { status_code: response.status_code, headers: response.headers, body: response.body },
      canister.toUint8Array(),
      time,
      maxCertificateAge,
      rootKey,
      oldestVersion,
    );
    return { version: verificationVersion, headers: certified?.headers };
  } catch (error) {
    const { message } = error as { message?: string };
    throw new VerificationError(message ?? String(error));
  }
}
