// Listens on a port, for commands that serve something until they are interrupted.
import { LlamaError } from '@llama-canister/client';
import type { Gateway, Listening } from '@llama-canister/gateway';

/** Errors: `CANNOT_LISTEN`, which says why. */
export async function listening(gateway: Gateway, host: string, port: number): Promise<Listening> {
  const { listen } = await import('@llama-canister/gateway');
  try {
    return await listen(gateway, host, port);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const why =
      code === 'EADDRINUSE'
        ? 'another program listens there already'
        : code === 'EACCES'
          ? 'this user is not allowed to listen there'
          : code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND'
            ? 'that is no address of this machine'
            : (cause as Error).message;
    throw new LlamaError('input', 'CANNOT_LISTEN', `${host}, port ${port}: ${why}`, {
      value: { host, port },
      next: 'Choose another: --port 0 chooses a free one.',
      cause,
    });
  }
}

export const ended = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
