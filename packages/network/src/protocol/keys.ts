/** The network's own keys: the root key that certifies its state, and the key of its one node, which signs query replies. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { encodeCbor } from './cbor.js';
import { type HashTree, hashTree, type LabelledTree, rootHash } from './hash-tree.js';
import { domain } from './request-id.js';
import { ThresholdKeys } from './threshold-keys.js';
import { VetKdKeys } from './vetkd-keys.js';

/** DER prefix of a BLS12-381 public key in G2. */
const blsPrefix = Buffer.from('308182301d060d2b0601040182dc7c0503010201060c2b0601040182dc7c05030201036100', 'hex');

/** The principal of a public key: SHA-224 of its DER form, and the byte 2. */
export function selfAuthenticating(der: Uint8Array): Uint8Array {
  return Buffer.concat([createHash('sha224').update(der).digest(), Uint8Array.of(2)]);
}

export interface KeySecrets {
  /** 32 bytes. */
  root: Uint8Array;
  /** An Ed25519 key in DER (PKCS #8). */
  node: Uint8Array;
}

function newSecrets(): KeySecrets {
  const { privateKey } = generateKeyPairSync('ed25519');
  return {
    root: bls12_381.utils.randomSecretKey(),
    node: privateKey.export({ format: 'der', type: 'pkcs8' }),
  };
}

export class NetworkKeys {
  readonly secrets: KeySecrets;
  /** DER-encoded, 133 bytes. */
  readonly rootKey: Uint8Array;
  /** Without a delegation, the subnet is named after the root key. */
  readonly subnetId: Uint8Array;
  /** DER-encoded Ed25519 key. */
  readonly nodeKey: Uint8Array;
  readonly nodeId: Uint8Array;
  readonly threshold: ThresholdKeys;
  readonly vetkd: VetKdKeys;
  private readonly rootSecret: bigint;
  private readonly nodeSecret: KeyObject;

  /** New keys, or those of an earlier process. */
  constructor(secrets: KeySecrets = newSecrets()) {
    this.secrets = secrets;
    this.threshold = new ThresholdKeys(Uint8Array.from(secrets.root));
    this.vetkd = new VetKdKeys(Uint8Array.from(secrets.root));
    this.rootSecret = bls12_381.fields.Fr.fromBytes(secrets.root);
    // These keys protect nothing, so the faster multiplication that leaks timing will do.
    const point = bls12_381.G2.Point.BASE.multiplyUnsafe(this.rootSecret);
    this.rootKey = Uint8Array.from(Buffer.concat([blsPrefix, point.toBytes()]));
    this.subnetId = selfAuthenticating(this.rootKey);
    this.nodeSecret = createPrivateKey({ key: Buffer.from(secrets.node), format: 'der', type: 'pkcs8' });
    this.nodeKey = createPublicKey(this.nodeSecret).export({ format: 'der', type: 'spki' });
    this.nodeId = selfAuthenticating(this.nodeKey);
  }

  private signRoot(root: Uint8Array): Uint8Array {
    const message = Buffer.concat([domain('ic-state-root'), root]);
    return bls12_381.shortSignatures.hash(message).multiplyUnsafe(this.rootSecret).toBytes();
  }

  /** A certificate of the tree, as CBOR. */
  certify(tree: LabelledTree): Uint8Array {
    const hashed: HashTree = hashTree(tree);
    return encodeCbor({ tree: hashed, signature: this.signRoot(rootHash(hashed)) });
  }

  /** Whether a certificate's signature is this network's: of every message there is exactly one that verifies. */
  isCertified(root: Uint8Array, signature: Uint8Array): boolean {
    return Buffer.compare(this.signRoot(root), signature) === 0;
  }

  /** The node's signature of a query response's hash. */
  signResponse(hash: Uint8Array): Uint8Array {
    return sign(null, Buffer.concat([domain('ic-response'), hash]), this.nodeSecret);
  }
}
