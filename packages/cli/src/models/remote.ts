import type { LlamaError } from '@llama-canister/client';
import type { RemoteFile } from './download.js';
import type { ModelReference } from './reference.js';

/** A model on its server. */
export interface Remote {
  /** Names of the folders below the cache's, from the outermost. */
  folder: string[];
  /** One, or the parts of a split model in order. */
  files: RemoteFile[];
  /** The meaning of its server's answer if that is not the file. */
  refusal: (response: Response) => LlamaError;
  /** The name of exactly this file. */
  canonical: ModelReference;
}
