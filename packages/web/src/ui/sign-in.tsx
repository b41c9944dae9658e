// The user's identity for the canister, and how to change it.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { IdentityChoice } from '../identity/choice.js';
import { networkOf } from '../network/places.js';
import { texts } from '../texts.js';
import { useApp } from './app-state.js';
import { CopyButton } from './copy-button.js';

interface InternetIdentity {
  signIn(provider?: string): Promise<unknown>;
  signOut(): Promise<void>;
}

/** Buttons for every other kind of identity on a network. */
export function SignIn({ network, choice }: { network: string; choice: IdentityChoice }) {
  const { connections, standing, places } = useApp();
  const service = useSignal<InternetIdentity | undefined>(undefined);
  const why = useSignal('');
  const { local: isLocal = false, identityProvider } = networkOf(places.all.value, network) ?? {};
  useEffect(() => {
    // Loaded ahead, because a window may open only while the click is handled.
    if (!isLocal)
      import('../identity/internet-identity.js').then(
        ({ signIn, signOut }) => {
          service.value = { signIn, signOut };
        },
        () => {},
      );
  }, [isLocal, service]);
  const become = async (other: IdentityChoice, first?: Promise<unknown>) => {
    try {
      await first;
      why.value = '';
      await connections.choose(network, other);
      await standing.again();
    } catch (error) {
      why.value = texts.signInFailed(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      <div class="buttons">
        {!isLocal && choice !== 'internet-identity' && (
          <button
            type="button"
            class="primary"
            disabled={!service.value}
            onClick={() => void become('internet-identity', service.value!.signIn(identityProvider))}
          >
            {texts.signIn}
          </button>
        )}
        {choice !== 'key' && (
          <button type="button" onClick={() => void become('key')}>
            {texts.useKey}
          </button>
        )}
        {choice === 'internet-identity' && (
          <button type="button" onClick={() => void become('nobody', service.value?.signOut())}>
            {texts.signOut}
          </button>
        )}
      </div>
      {why.value && <p role="alert">{why.value}</p>}
    </>
  );
}

export function Principal({ text }: { text: string }) {
  return (
    <p class="principal">
      <span>{texts.principal}</span>
      <code>{text}</code>
      <CopyButton text={() => text} label={texts.copyPrincipal} />
    </p>
  );
}
