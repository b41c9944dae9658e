// The marks of llama.did: a line in front of every method that says what a message to it may be. The grammar is
// written down at the top of llama.did.

/** Who may call a method, in the order of the constants of assembly/service/access/access.ts. */
export const audiences = ['anyone', 'named', 'chat', 'ask', 'inspect', 'administer', 'control'];

/** Bytes that are looked at where the mark says nothing: methods without an argument, and those of numbers and names. */
const WITHOUT_ARGUMENT = 1 << 10;
const WITH_NAMES = 8 << 10;

const MARK = /^\s*\/\/ access: (\w+)(?:, at most (\d+) KiB)?(, certified)?(, answered later)?$/;

/** Whether a value of the type may be longer than a few names are. */
function isLong(type, seen = new Set()) {
  if (type.kind === 'blob' || type.kind === 'vec') return true;
  if (seen.has(type)) return false;
  seen.add(type);
  return [type.content, ...(type.fields ?? []).map((field) => field.type)].some((part) => part && isLong(part, seen));
}

/**
 * Reads the mark of every method; throws where one is missing or makes no sense.
 * @param {{ text: string, methods: { name: string, mode: string, parameters: object[] }[] }} service as `readInterface`
 *   gives it
 * @returns {Map<string, { who: string, most: number, certified: boolean, later: boolean }>} `most` in bytes
 */
export function readMarks({ text, methods }) {
  const lines = text.split('\n');
  const marks = new Map();
  for (const { name, mode, parameters } of methods) {
    const at = lines.findIndex((line) => line.trimStart().startsWith(`${name} : (`));
    const match = MARK.exec(lines[at - 1] ?? '');
    const fail = (why) => {
      throw new Error(
        `${name}: ${why}; its mark is the line in front of it, "// access: WHO[, at most N KiB][, certified][, answered later]"`,
      );
    };
    if (!match) fail('it has no mark');
    const [, who, kibibytes, certified, later] = match;
    if (!audiences.includes(who)) fail(`"${who}" is none of ${audiences.join(', ')}`);
    if (certified && mode === 'update') fail('every answer of an update is certified');
    if (later && mode !== 'update') fail('only an update can be answered later');
    if (!kibibytes && parameters.some((type) => isLong(type))) fail('it does not say how long its argument may be');
    const usual = parameters.length === 0 ? WITHOUT_ARGUMENT : WITH_NAMES;
    marks.set(name, {
      who,
      most: kibibytes ? Number(kibibytes) << 10 : usual,
      certified: certified !== undefined,
      later: later !== undefined,
    });
  }
  return marks;
}
