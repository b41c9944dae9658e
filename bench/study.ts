/** A measurement apart from the cases' own, with its committed result in bench/results/NAME.json, a table and limits. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** How much worse than the committed result a count may be. */
export const TOLERANCE = 0.02;

export interface Study<T extends object> {
  name: string;
  /** Measures; of which cases, if it is about models. */
  measure(cases?: readonly string[]): Promise<T>;
  /** The table of docs/performance.md. */
  table(result: T): string;
  /** What is worse than it may be, or than before. */
  problems(result: T, before: Partial<T>): string[];
  /** Why a result must not be committed; undefined if it may. */
  whyNotKept?(result: T): string | undefined;
}

export const tableOf = (head: string[], rows: string[][]) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

const fileOf = (name: string) => fileURLToPath(new URL(`./results/${name}.json`, import.meta.url));

function committedStudy<T extends object>({ name }: Study<T>): Partial<T> {
  return existsSync(fileOf(name)) ? JSON.parse(readFileSync(fileOf(name), 'utf8')) : {};
}

/** Measures, or takes what is committed, and prints, compares and keeps it as asked. The exit code. */
export async function runStudy<T extends object>(
  study: Study<T>,
  asked: { case?: string[]; json: boolean; save: boolean; check: boolean; saved: boolean },
): Promise<number> {
  const before = committedStudy(study);
  const result = asked.saved ? (before as T) : await study.measure(asked.case);
  console.log(asked.json ? JSON.stringify(result, null, 2) : study.table(result));
  const refusal = asked.save ? study.whyNotKept?.(result) : undefined;
  if (refusal) console.error(`not saved: ${refusal}`);
  else if (asked.save) writeFileSync(fileOf(study.name), `${JSON.stringify({ ...before, ...result }, null, 2)}\n`);
  const problems = asked.check ? study.problems(result, before) : [];
  for (const problem of problems) console.error(problem);
  return problems.length > 0 || refusal ? 1 : 0;
}
