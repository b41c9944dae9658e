import { texts } from '../texts.js';
import { isOnline, useApp } from './app-state.js';
import { FailureNote } from './failure.js';
import { sectionHref } from './route.js';
import { Principal, SignIn } from './sign-in.js';

/** Why the user cannot chat just now, and what to do about it; nothing otherwise. */
export function StandNote() {
  const { chat, standing } = useApp();
  const stand = standing.stand.value;
  const place = chat.place.value;
  if (!isOnline.value) return <p class="note">{texts.offline}</p>;
  if (!place || stand.is === 'ready' || stand.is === 'connecting' || stand.is === 'nowhere') return null;
  if (stand.is === 'without-model') {
    const isLoading = /loading/i.test(stand.reason);
    return (
      <div class="note" role="status">
        <strong>{isLoading ? texts.loadingModel : texts.noModel}</strong>
        <p>{stand.reason}</p>
        {!isLoading &&
          (standing.rights.value === 'none' ? (
            <p>{texts.noModelHint}</p>
          ) : (
            <p>
              <a href={sectionHref('models')}>{texts.administration.loadModel}</a>
            </p>
          ))}
      </div>
    );
  }
  if (stand.choice === 'nobody' && (stand.failure.kind === 'refused' || stand.failure.kind === 'rejected')) {
    return (
      <div class="note" role="status">
        <strong>{texts.notSignedIn}</strong>
        <p>{texts.notSignedInHint}</p>
        <SignIn network={place.network} choice={stand.choice} />
      </div>
    );
  }
  return (
    <FailureNote failure={stand.failure}>
      {stand.failure.code === 'ACCESS_DENIED' && stand.principal && <Principal text={stand.principal} />}
      <button type="button" onClick={() => void standing.again()}>
        {texts.tryAgain}
      </button>
    </FailureNote>
  );
}
