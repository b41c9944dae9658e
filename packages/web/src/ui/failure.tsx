import type { ComponentChildren } from 'preact';
import type { Failure } from '../chat/failure.js';
import { texts } from '../texts.js';

/** What went wrong in plain words, what to do about it, and the message of the canister or the network. */
export function FailureNote({ failure, children }: { failure: Failure; children?: ComponentChildren }) {
  const { code, message, next } = failure;
  const title = texts.failures[code]?.title;
  const said = (
    <p class="said">
      {message} <code>{code}</code>
    </p>
  );
  return (
    <div class="note failure" role="alert">
      <strong>{title ?? texts.failed}</strong>
      {!title && message && said}
      {next && <p>{next}</p>}
      {title && message && (
        <details>
          <summary>{texts.details}</summary>
          {said}
        </details>
      )}
      {children && <div class="buttons">{children}</div>}
    </div>
  );
}
