// Settings of a conversation: the system prompt, and how the model samples.
import { useRef } from 'preact/hooks';
import { defaultOf, suggestedBy } from '../chat/request.js';
import type { ConversationSettings } from '../conversations/model.js';
import { texts } from '../texts.js';
import { dialog, useApp } from './app-state.js';
import { Dialog } from './dialog.js';

type NumberField = keyof typeof texts.fields;

/** Minimum, maximum, step. */
const RANGES: Readonly<Record<NumberField, [number, number, number | 'any']>> = {
  temperature: [0, 5, 0.05],
  topK: [0, 1000, 1],
  topP: [0, 1, 0.01],
  minP: [0, 1, 0.01],
  repeatPenalty: [0, 3, 0.01],
  maxTokens: [1, 1_000_000, 1],
  seed: [0, 4_294_967_295, 1],
};
const FIELDS = Object.keys(RANGES) as NumberField[];

/** An empty field is left out. */
function settingsOf(form: FormData): ConversationSettings {
  const settings: Record<string, unknown> = {};
  for (const field of FIELDS) {
    const text = String(form.get(field) ?? '').trim();
    if (text !== '' && Number.isFinite(Number(text))) settings[field] = Number(text);
  }
  for (const field of ['system', 'flags', 'thinking']) {
    const text = String(form.get(field) ?? '');
    if (text.trim() !== '') settings[field] = text;
  }
  return settings as ConversationSettings;
}

export function ConversationDialog() {
  const { chat, standing } = useApp();
  const stand = standing.stand.value;
  const suggested = stand.is === 'ready' ? suggestedBy(stand.model) : '';
  const form = useRef<HTMLFormElement>(null);
  const settings = chat.settings.value;
  const close = () => {
    dialog.value = undefined;
  };
  const save = () => {
    void chat.keepSettings(settingsOf(new FormData(form.current!)));
    close();
  };
  return (
    <Dialog title={texts.conversationSettings} onClose={close}>
      <form
        ref={form}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <label class="field">
          <span>{texts.systemPrompt}</span>
          <textarea
            name="system"
            rows={4}
            dir="auto"
            defaultValue={settings.system ?? ''}
            placeholder={texts.systemHint}
          />
        </label>
        <h3>{texts.sampling}</h3>
        <p class="hint">{texts.samplingHint}</p>
        <div class="fields">
          {FIELDS.map((name) => {
            const [min, max, step] = RANGES[name];
            return (
              <label class="field" key={name}>
                <span>{texts.fields[name]}</span>
                <input
                  type="number"
                  inputMode="decimal"
                  {...{ name, min, max, step }}
                  defaultValue={settings[name]?.toString() ?? ''}
                  placeholder={defaultOf(name, suggested) ?? texts.byDefault}
                  title={texts.fieldRange(texts.fields[name], min, max)}
                />
              </label>
            );
          })}
          <label class="field">
            <span>{texts.thinkingChoice}</span>
            <select name="thinking" defaultValue={settings.thinking ?? ''}>
              {Object.entries(texts.thinkingChoices).map(([value, said]) => (
                <option key={value} value={value} selected={value === (settings.thinking ?? '')}>
                  {said}
                </option>
              ))}
            </select>
          </label>
        </div>
        <label class="field">
          <span>{texts.flags}</span>
          <input name="flags" dir="ltr" defaultValue={settings.flags ?? ''} placeholder={texts.flagsHint} />
        </label>
        <div class="buttons">
          <button type="button" onClick={() => void chat.keepSettings({}).then(close)}>
            {texts.reset}
          </button>
          <button type="submit" class="primary">
            {texts.save}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
