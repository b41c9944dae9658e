import type { LlamaError } from '@llama-canister/client';
import type { RemoteFile } from './download.js';
import type { ModelReference } from './reference.js';

/** A model as its server has it. */
export interface Remote {
  /** Names of the folders below the cache's, from the top. */
  folder: string[];
  /** One, or the parts of a split model in order. */
  files: RemoteFile[];
  /** What an answer of its server means that is not the file. */
  refusal: (response: Response) => LlamaError;
  /** The name that says exactly which file is meant. */
  canonical: ModelReference;
}
