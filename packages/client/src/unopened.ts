import { LlamaError } from './errors.js';

/** The error for a local file that cannot be opened: `NO_SUCH_FILE`, or `CANNOT_READ` with the system's reason. */
export function unopened(path: string, cause: NodeJS.ErrnoException): LlamaError {
  const details = { value: path, cause };
  if (cause.code !== 'ENOENT') {
    return new LlamaError('input', 'CANNOT_READ', `${path} cannot be read: ${cause.message}`, details);
  }
  const next = 'Check the path: one that does not begin with / is looked for from the folder that you are in.';
  return new LlamaError('input', 'NO_SUCH_FILE', `there is no file ${path}`, { ...details, next });
}
