// What callers pay, who pays nothing, and what was paid.
import type { Prices } from '@llama-canister/client';
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { short } from '../chat/amounts.js';
import { texts } from '../texts.js';
import { type Administered, mayChange } from './administered.js';
import { Outcome, Part, Row, Shown } from './parts.js';
import { parseQuantity, quantity } from './quantities.js';
import { useLoaded, useWork } from './work.js';

const own = texts.administration;

/** The cycles that were typed into a field. */
function cycles(data: FormData, name: string, label: string): bigint {
  const text = String(data.get(name) ?? '');
  const value = parseQuantity(text, 'cycles');
  if (value === undefined) throw new Error(own.noQuantity(label, text));
  return value;
}

function pricesOf(data: FormData): Prices {
  const kind = String(data.get('kind'));
  if (kind === 'work') return { kind, percent: Number(cycles(data, 'percent', own.percent)) };
  if (kind !== 'tokens') return { kind: 'free' };
  const { prompt, cached, generated } = own.tokenPrices;
  return {
    ...{ kind, prompt: cycles(data, 'prompt', prompt), cached: cycles(data, 'cached', cached) },
    generated: cycles(data, 'generated', generated),
  };
}

function PricesForm({ at, prices }: { at: Administered; prices: Prices }) {
  const form = useRef<HTMLFormElement>(null);
  const kind = useSignal(prices.kind);
  const work = useWork();
  const save = () =>
    work.run(async () => {
      await at.llama.admin.setPrices(pricesOf(new FormData(form.current!)));
      return own.saved;
    });
  const field = (name: string, label: string, value: string) => (
    <label class="field" key={name}>
      <span>{label}</span>
      <input name={name} defaultValue={value} autoComplete="off" required />
    </label>
  );
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <fieldset disabled={!mayChange(at) || work.isBusy.value}>
        <div class="choices">
          {(['free', 'tokens', 'work'] as const).map((each) => (
            <label key={each}>
              <input
                type="radio"
                name="kind"
                value={each}
                checked={kind.value === each}
                onChange={() => (kind.value = each)}
              />
              {own.priceKinds[each]}
            </label>
          ))}
        </div>
        <div class="fields">
          {kind.value === 'work' &&
            field('percent', own.percent, prices.kind === 'work' ? String(prices.percent) : '100')}
          {kind.value === 'tokens' &&
            (['prompt', 'cached', 'generated'] as const).map((name) =>
              field(name, own.tokenPrices[name], prices.kind === 'tokens' ? quantity(prices[name], 'cycles') : '0'),
            )}
        </div>
        {mayChange(at) && (
          <div class="buttons">
            <button type="submit" class="primary">
              {texts.save}
            </button>
          </div>
        )}
      </fieldset>
      <Outcome work={work} />
    </form>
  );
}

function Allowances({ at }: { at: Administered }) {
  const { admin } = at.llama;
  const form = useRef<HTMLFormElement>(null);
  const work = useWork();
  const free = useLoaded(() => admin.freeCallers());
  const act = (what: 'look' | 'grant' | 'free') =>
    work.run(async () => {
      const data = new FormData(form.current!);
      const who = String(data.get('principal') ?? '').trim();
      if (what === 'free') {
        await admin.setFreeCaller(who, true);
        await free.again();
        return own.saved;
      }
      const balance =
        what === 'grant'
          ? await admin.grantAllowance(who, cycles(data, 'cycles', own.cyclesField))
          : await admin.allowance(who);
      return own.allowanceOf(short(Number(balance)));
    });
  return (
    <Part title={own.allowances} hint={own.allowancesHint}>
      <form
        ref={form}
        onSubmit={(event) => {
          event.preventDefault();
          void act('look');
        }}
      >
        <div class="fields">
          <label class="field">
            <span>{texts.principal}</span>
            <input name="principal" required autoComplete="off" spellcheck={false} />
          </label>
          <label class="field">
            <span>{own.cyclesField}</span>
            <input name="cycles" placeholder="1 T" autoComplete="off" disabled={!mayChange(at)} />
          </label>
        </div>
        <div class="buttons">
          <button type="submit">{own.look}</button>
          {mayChange(at) && (
            <>
              <button type="button" onClick={() => void act('grant')}>
                {own.grant}
              </button>
              <button type="button" onClick={() => void act('free')}>
                {own.makeFree}
              </button>
            </>
          )}
        </div>
      </form>
      <Outcome work={work} />
      <Shown value={free.value.value} failure={free.failure.value}>
        {(callers) => (
          <ul class="places">
            {callers.map((who) => (
              <Row key={who} name={who} about={own.paysNothing}>
                {mayChange(at) && (
                  <button
                    type="button"
                    class="danger"
                    aria-label={`${texts.remove}: ${who}`}
                    onClick={() =>
                      void work.run(async () => {
                        await admin.setFreeCaller(who, false);
                        await free.again();
                        return own.saved;
                      })
                    }
                  >
                    {texts.remove}
                  </button>
                )}
              </Row>
            ))}
          </ul>
        )}
      </Shown>
    </Part>
  );
}

export function PricesView({ at }: { at: Administered }) {
  const { admin } = at.llama;
  const prices = useLoaded(() => admin.prices());
  const totals = useLoaded(() => admin.paymentTotals());
  return (
    <>
      <Part title={own.prices} hint={own.pricesHint}>
        <Shown value={prices.value.value} failure={prices.failure.value}>
          {(value) => <PricesForm at={at} prices={value} />}
        </Shown>
      </Part>
      <Part title={own.totals}>
        <Shown value={totals.value.value} failure={totals.failure.value}>
          {({ received, granted, charged, generations }) => (
            <p>
              {own.totalsSaid(
                short(Number(received)),
                short(Number(granted)),
                short(Number(charged)),
                Number(generations),
              )}
            </p>
          )}
        </Shown>
      </Part>
      <Allowances at={at} />
    </>
  );
}
