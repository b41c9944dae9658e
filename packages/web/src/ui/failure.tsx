import type { ComponentChildren } from 'preact';
import type { Failure } from '../chat/failure.js';
import { texts } from '../texts.js';

/** What went wrong in plain words, what to do about it, and the message of the canister or the network. */
export function FailureNote({ failure, children }: { failure: Failure; children?: ComponentChildren }) {
  const { code, message, next } = failure;
  return (
    <div class="note failure" role="alert">
      <strong>{texts.failures[code]?.title ?? texts.failed}</strong>
      {next && <p>{next}</p>}
      {message && (
        <details>
          <summary>{texts.details}</summary>
          <p class="said">
            {message} <code>{code}</code>
          </p>
        </details>
      )}
      {children && <div class="buttons">{children}</div>}
    </div>
  );
}
