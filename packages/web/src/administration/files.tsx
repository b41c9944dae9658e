// The canister's files and what it keeps of its callers, to be downloaded or deleted.
import { canisterFile } from '@llama-canister/client';
import { useSignal } from '@preact/signals';
import { texts } from '../texts.js';
import { saveFile } from '../ui/save-file.js';
import { type Administered, mayChange } from './administered.js';
import { filesOf, type StoredFile } from './listing.js';
import { Outcome, Part, Row, Shown } from './parts.js';
import { bytes } from './quantities.js';
import { useLoaded, useWork, type Work } from './work.js';

const own = texts.administration;
const PIECE = 4 << 20;
/** The number of rows that are shown at first. */
const MOST = 100;

async function download({ llama }: Administered, file: StoredFile, tell: (share: number) => void): Promise<void> {
  const source = await canisterFile(llama.canister, file.path);
  const parts: BlobPart[] = [];
  for (let at = 0; at < source.size; at += PIECE) {
    parts.push((await source.read(at, PIECE)) as BlobPart);
    tell(Math.min(1, (at + PIECE) / source.size));
  }
  saveFile(new Blob(parts), file.name.split('/').at(-1)!);
}

function FileList({
  at,
  files,
  work,
  again,
}: {
  at: Administered;
  files: readonly StoredFile[];
  work: Work;
  again: () => Promise<void>;
}) {
  const most = useSignal(MOST);
  const share = useSignal<number | undefined>(undefined);
  const get = (file: StoredFile) =>
    work.run(async () => {
      await download(at, file, (done) => (share.value = done)).finally(() => (share.value = undefined));
      return own.downloaded(file.name);
    });
  const remove = (file: StoredFile) => {
    if (!confirm(own.removeFileSure(file.name))) return;
    void work.run(async () => {
      await at.llama.admin.removeFile(file.path);
      await again();
      return own.removed(file.name);
    });
  };
  if (files.length === 0) return <p class="hint">{own.noFiles}</p>;
  return (
    <>
      {share.value !== undefined && <progress max={1} value={share.value} aria-label={own.download} />}
      <ul class="places">
        {files.slice(0, most.value).map((file) => (
          <Row key={file.path} name={file.name} about={[bytes(file.size), file.caller].filter(Boolean).join(' · ')}>
            <button type="button" aria-label={`${own.download}: ${file.name}`} onClick={() => void get(file)}>
              {own.download}
            </button>
            {mayChange(at) && (
              <button
                type="button"
                class="danger"
                aria-label={`${texts.remove}: ${file.name}`}
                onClick={() => remove(file)}
              >
                {texts.remove}
              </button>
            )}
          </Row>
        ))}
      </ul>
      {files.length > most.value && (
        <button type="button" onClick={() => (most.value = files.length)}>
          {texts.showAll(files.length)}
        </button>
      )}
    </>
  );
}

export function Files({ at }: { at: Administered }) {
  const work = useWork();
  const { value, failure, again } = useLoaded(() => filesOf(at));
  return (
    <>
      <Outcome work={work} />
      <Shown value={value.value} failure={failure.value}>
        {(files) =>
          (['file', 'session', 'chat', 'document'] as const).map((kind) => {
            const those = files.filter((each) => each.kind === kind);
            if (kind !== 'file' && kind !== 'session' && those.length === 0) return null;
            const sum = those.reduce((total, { size }) => total + size, 0);
            return (
              <Part key={kind} title={own.kinds[kind]} hint={own.filesIn(those.length, bytes(sum))}>
                <FileList {...{ at, work, again }} files={those} />
              </Part>
            );
          })
        }
      </Shown>
    </>
  );
}
