import { signal } from '@preact/signals';

export type Theme = 'system' | 'light' | 'dark';

const NAME = 'theme';

function kept(): Theme {
  try {
    const value = localStorage.getItem(NAME);
    return value === 'light' || value === 'dark' ? value : 'system';
  } catch {
    return 'system';
  }
}

/** Read from a storage that is available before the first paint. */
export const theme = signal<Theme>(kept());

theme.subscribe((value) => {
  if (value === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = value;
  try {
    localStorage.setItem(NAME, value);
  } catch {
    // If it cannot be stored, it lasts until the page is closed.
  }
});
