// What parts of the administration ask of the canister: values to be loaded and reloaded, and actions.
import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { type Failure, failureOf } from '../chat/failure.js';
import { announcement } from '../ui/app-state.js';

export interface Loaded<T> {
  value: Signal<T | undefined>;
  failure: Signal<Failure | undefined>;
  again: () => Promise<void>;
}

/** Loads a value when the component is shown, and again every so many milliseconds while the page is visible. */
export function useLoaded<T>(load: () => Promise<T>, every?: number): Loaded<T> {
  const value = useSignal<T | undefined>(undefined);
  const failure = useSignal<Failure | undefined>(undefined);
  const latest = useRef(load);
  latest.current = load;
  const isShown = useRef(true);
  const again = async () => {
    try {
      const found = await latest.current();
      if (!isShown.current) return;
      value.value = found;
      failure.value = undefined;
    } catch (error) {
      if (isShown.current) failure.value = failureOf(error);
    }
  };
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    isShown.current = true;
    const round = async () => {
      if (document.visibilityState === 'visible') await again();
      if (every !== undefined && isShown.current) timer = setTimeout(round, every);
    };
    void round();
    return () => {
      isShown.current = false;
      clearTimeout(timer);
    };
  }, []);
  return { value, failure, again };
}

export interface Work {
  isBusy: Signal<boolean>;
  failure: Signal<Failure | undefined>;
  said: Signal<string>;
  /** Runs an action, and shows the text that it resolves to. */
  run: (work: () => Promise<string>) => Promise<void>;
}

export function useWork(): Work {
  const isBusy = useSignal(false);
  const failure = useSignal<Failure | undefined>(undefined);
  const said = useSignal('');
  const run = async (work: () => Promise<string>) => {
    if (isBusy.value) return;
    isBusy.value = true;
    failure.value = undefined;
    said.value = '';
    try {
      said.value = await work();
      announcement.value = said.value;
    } catch (error) {
      failure.value = failureOf(error);
    }
    isBusy.value = false;
  };
  return { isBusy, failure, said, run };
}
