// Names of characters that markdown may contain. Other names stay as they are written.
const NAMED: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', copy: '©', reg: '®', trade: '™' },
  ...{ hellip: '…', mdash: '—', ndash: '–', lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', laquo: '«', raquo: '»' },
  ...{ times: '×', divide: '÷', minus: '−', plusmn: '±', deg: '°', middot: '·', bull: '•', euro: '€', pound: '£' },
  ...{ larr: '←', rarr: '→', uarr: '↑', darr: '↓', le: '≤', ge: '≥', ne: '≠', infin: '∞', pi: 'π', micro: 'µ' },
};

function numbered(code: number): string {
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000) ? String.fromCodePoint(code) : '\ufffd';
}

/** Code with a mark for each character that would show it in another order than it has. */
export function inOrder(code: string): string {
  return code.replace(/[\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}

export function characters(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|(\w{2,8}));/g, (all, decimal, hex, name) => {
    if (decimal !== undefined) return numbered(Number(decimal));
    if (hex !== undefined) return numbered(Number.parseInt(hex, 16));
    return Object.hasOwn(NAMED, name) ? NAMED[name]! : all;
  });
}
