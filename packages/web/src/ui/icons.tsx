// Drawn on a grid of 24 by 24, with lines in the colour of the text.
const paths = {
  add: 'M12 5v14M5 12h14',
  menu: 'M4 7h16M4 12h16M4 17h10',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM20 20l-4-4',
  more: 'M6 12h.01M12 12h.01M18 12h.01',
  send: 'M12 19V5M6 11l6-6 6 6',
  stop: 'M8 8h8v8H8z',
  copy: 'M9 9h10v10H9zM5 15V5h10',
  edit: 'M5 19h3L19 8l-3-3L5 16zM14 7l3 3',
  again: 'M19 8a8 8 0 1 0 1 6M20 4v5h-5',
  continue: 'M6 5l7 7-7 7M13 5l7 7-7 7',
  branch: 'M7 4v16M7 14c6 0 10-2 10-7M14 9l3-3 3 3',
  remove: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13',
  back: 'M14 6l-6 6 6 6',
  forth: 'M10 6l6 6-6 6',
  down: 'M6 10l6 6 6-6',
  close: 'M6 6l12 12M18 6L6 18',
  tune: 'M4 8h9M19 8h1M4 16h1M11 16h9M16 5.5v5M8 13.5v5',
  settings:
    'M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.2 2.2M16.2 16.2l2.2 2.2M18.4 5.6l-2.2 2.2M7.8 16.2l-2.2 2.2',
  gauge: 'M4 18a9 9 0 1 1 16 0M12 14l4-5',
  keyboard: 'M3 7h18v10H3zM7 11h.01M11 11h.01M15 11h.01M8 14h8',
  tool: 'M14 6a4 4 0 0 0 5 5l-9 9-4-4 9-9M14 6l3-2',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" class="icon">
      <path d={paths[name]} />
    </svg>
  );
}

export function IconButton({
  name,
  label,
  onClick,
  class: own = '',
  isDisabled = false,
}: {
  name: IconName;
  label: string;
  onClick: () => void;
  class?: string;
  isDisabled?: boolean;
}) {
  return (
    <button
      type="button"
      class={`icon-button ${own}`}
      aria-label={label}
      title={label}
      onClick={onClick}
      disabled={isDisabled}
    >
      <Icon name={name} />
    </button>
  );
}
