// Models: the one that is loaded, the files that can be loaded, and uploads of further files.
import { load } from '@llama-canister/client';
import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { short, time } from '../chat/amounts.js';
import { splitFlags } from '../chat/request.js';
import { texts } from '../texts.js';
import { useApp } from '../ui/app-state.js';
import { FailureNote } from '../ui/failure.js';
import { type Administered, mayChange } from './administered.js';
import { filesOf, type StoredFile } from './listing.js';
import { Outcome, Part, Row, Shown } from './parts.js';
import { bytes } from './quantities.js';
import { type Begun, type Upload, Uploads } from './uploads.js';
import { nameOfUrl } from './url-source.js';
import { useLoaded, useWork } from './work.js';

const own = texts.administration;
/** One for each canister, so that an upload goes on while other parts of the page are shown. */
const all = new Map<string, Uploads>();

function useUploads({ llama, network, id }: Administered): Uploads {
  const { store } = useApp();
  return useMemo(() => {
    const key = `${network} ${id}`;
    const known = all.get(key);
    // Made anew otherwise, because the user may have signed in as somebody else.
    if (known?.isGoingOn) return known;
    const uploads = new Uploads(llama, store, network);
    all.set(key, uploads);
    return uploads;
  }, [llama, network, id]);
}

function LoadedModel() {
  const { standing } = useApp();
  const stand = standing.stand.value;
  if (stand.is !== 'ready') return <p>{stand.is === 'without-model' ? stand.reason : texts.noModel}</p>;
  const { model } = stand;
  const facts: [string, string][] = [
    [own.model.name, model.name || model.architecture],
    [own.model.file, `${model.filename}, ${bytes(model.filesize)}`],
    [own.model.weights, own.model.weightsOf(short(Number(model.parameters)), model.file_type)],
    [own.model.context, own.model.contextOf(Number(model.context), Number(model.trained_context))],
    [own.model.heap, bytes(model.model_heap_bytes)],
    [
      own.model.cost,
      own.model.costOf(
        short(Number(model.instructions_per_prompt_token)),
        short(Number(model.instructions_per_generated_token)),
      ),
    ],
    ['SHA-256', model.filesha256],
  ];
  return (
    <dl class="facts">
      {facts.map(([name, said]) => [<dt key={name}>{name}</dt>, <dd key={`${name} said`}>{said}</dd>])}
    </dl>
  );
}

function Progress({ upload, onStop }: { upload: Upload; onStop: () => void }) {
  const { progress, waiting, failure, result } = upload;
  if (failure) return <FailureNote failure={failure} />;
  if (result) {
    return (
      <p role="status" class="said">
        {own.uploaded(upload.name, bytes(result.size), bytes(result.resumed))} <code>{result.sha256}</code>
      </p>
    );
  }
  const share = progress && progress.total > 0 ? progress.bytes / progress.total : undefined;
  const said = progress ? own.phases[progress.phase] : own.opening;
  return (
    <div class="going">
      <label>
        {said} {upload.name}
        <progress max={1} value={share} />
      </label>
      <p class="usage">
        {progress && <span>{own.of(bytes(progress.bytes), bytes(progress.total))}</span>}
        {progress && progress.rate > 0 && <span>{own.perSecond(bytes(Math.round(progress.rate)))}</span>}
        {progress?.eta !== undefined && <span>{own.left(time(progress.eta))}</span>}
        {waiting && <span role="status">{own.waits(waiting.message)}</span>}
      </p>
      <div class="buttons">
        <button type="button" onClick={onStop}>
          {texts.stop}
        </button>
      </div>
    </div>
  );
}

function UploadForm({ at, uploads, onDone }: { at: Administered; uploads: Uploads; onDone: () => Promise<void> }) {
  const current = uploads.current.value;
  const begun = useSignal<Begun | undefined>(undefined);
  const wrong = useSignal('');
  const file = useRef<HTMLInputElement>(null);
  const name = useRef<HTMLInputElement>(null);
  const url = useRef<HTMLInputElement>(null);
  const hash = useRef<HTMLInputElement>(null);
  useEffect(() => {
    void uploads.begun().then((found) => {
      begun.value = found;
    });
  }, [uploads]);
  const isGoing = current !== undefined && !current.failure && !current.result;
  const run = async (work: () => Promise<boolean>) => {
    wrong.value = '';
    try {
      if (await work()) await onDone();
    } catch (error) {
      wrong.value = error instanceof Error ? error.message : String(error);
    }
    begun.value = await uploads.begun();
  };
  const submit = () => {
    const chosen = file.current!.files?.[0];
    const from = url.current!.value.trim();
    const hex = hash.current!.value.trim().toLowerCase();
    const called = name.current!.value.trim();
    if (hex !== '' && !/^[0-9a-f]{64}$/.test(hex)) wrong.value = own.badHash;
    else if (chosen) void run(() => uploads.file(chosen, called || chosen.name));
    else if (URL.canParse(from)) {
      void run(() => uploads.url(from, called || nameOfUrl(new URL(from)), hex === '' ? undefined : hex));
    } else wrong.value = own.nothingChosen;
  };
  return (
    <>
      {current && <Progress upload={current} onStop={() => uploads.stop()} />}
      {!isGoing && begun.value && (
        <div class="note" role="status">
          <p>{begun.value.url ? own.interruptedUrl(begun.value.name) : own.interrupted(begun.value.name)}</p>
          <div class="buttons">
            {begun.value.url && (
              <button type="button" class="primary" onClick={() => void run(() => uploads.goOn())}>
                {texts.continue}
              </button>
            )}
            <button type="button" onClick={() => void uploads.forget().then(() => (begun.value = undefined))}>
              {own.forget}
            </button>
          </div>
        </div>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <fieldset disabled={isGoing || !mayChange(at)}>
          <div class="fields">
            <label class="field">
              <span>{own.fromDisk}</span>
              <input ref={file} type="file" accept=".gguf" />
            </label>
            <label class="field">
              <span>{own.fromUrl}</span>
              <input ref={url} placeholder={own.urlHint} autoComplete="off" spellcheck={false} />
            </label>
            <label class="field">
              <span>{own.fileName}</span>
              <input ref={name} placeholder={own.fileNameHint} autoComplete="off" spellcheck={false} />
            </label>
            <label class="field">
              <span>{own.hash}</span>
              <input ref={hash} placeholder={own.hashHint} autoComplete="off" spellcheck={false} />
            </label>
          </div>
          <div class="buttons">
            <button type="submit" class="primary">
              {own.upload}
            </button>
          </div>
        </fieldset>
        {wrong.value && <p role="alert">{wrong.value}</p>}
      </form>
    </>
  );
}

/** The percentage in the canister's report of how far loading is. */
const shareOf = (said: string) => Number(/(\d+) ?%/.exec(said)?.[1] ?? Number.NaN);

function LoadForm({ at, files }: { at: Administered; files: readonly StoredFile[] }) {
  const { standing } = useApp();
  const work = useWork();
  const says = useSignal('');
  const context = useRef<HTMLInputElement>(null);
  const flags = useRef<HTMLInputElement>(null);
  const start = (name: string) =>
    work.run(async () => {
      const size = context.current!.value.trim();
      const args = [...(size === '' ? [] : ['--ctx-size', size]), ...splitFlags(flags.current!.value)];
      says.value = texts.loadingModel;
      try {
        await load(at.llama.canister, name, { args, onProgress: (text) => (says.value = text) });
      } finally {
        says.value = '';
        await standing.again();
      }
      return own.loaded(name);
    });
  const models = files.filter(({ name }) => /\.gguf$/i.test(name));
  const share = shareOf(says.value);
  return (
    <>
      <div class="fields">
        <label class="field">
          <span>{own.contextSize}</span>
          <input ref={context} inputMode="numeric" placeholder={texts.byDefault} autoComplete="off" />
        </label>
        <label class="field">
          <span>{texts.flags}</span>
          <input ref={flags} placeholder="--cache-type-k q8_0" autoComplete="off" spellcheck={false} />
        </label>
      </div>
      {models.length === 0 && <p class="hint">{own.noModels}</p>}
      <ul class="places">
        {models.map(({ name, size }) => (
          <Row key={name} name={name} about={bytes(size)}>
            <button type="button" disabled={!mayChange(at) || work.isBusy.value} onClick={() => void start(name)}>
              {own.load}
            </button>
          </Row>
        ))}
      </ul>
      {says.value && (
        <div class="going">
          <label>
            {says.value}
            <progress max={100} value={Number.isNaN(share) ? undefined : share} />
          </label>
        </div>
      )}
      <Outcome work={work} />
    </>
  );
}

export function Models({ at }: { at: Administered }) {
  const uploads = useUploads(at);
  const { value, failure, again } = useLoaded(async () => (await filesOf(at)).filter(({ caller }) => !caller));
  return (
    <>
      <Part title={own.loadedModel}>
        <LoadedModel />
      </Part>
      <Part title={own.loadModel}>
        <Shown value={value.value} failure={failure.value}>
          {(files) => <LoadForm at={at} files={files} />}
        </Shown>
      </Part>
      <Part title={own.upload} hint={own.uploadHint}>
        <UploadForm at={at} uploads={uploads} onDone={again} />
      </Part>
    </>
  );
}
