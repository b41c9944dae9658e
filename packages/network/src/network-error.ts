import { errorCodeText, type UserError } from './execution/errors.js';

/** A request of the embedding program failed: the code and text that a caller would get. */
export class NetworkError extends Error {
  readonly code: string;
  constructor(error: UserError) {
    super(`${errorCodeText(error)}: ${error.message}`);
    this.name = 'NetworkError';
    this.code = errorCodeText(error);
  }
}
