// Chooses a file of a repository by a type of weights, or by default.
import { LlamaError } from '@llama-canister/client';

/** Names of the parts that gguf-split makes. */
const PART = /^(.*)-(\d{5})-of-(\d{5})\.gguf$/is;
/** The default types, in order of preference. */
const PREFERRED = ['Q4_K_M', 'Q4_0', 'Q8_0'];

/** Files that are not models: projectors of pictures, importance matrices. */
const isBeside = (path: string) => /(^|[/._-])(mmproj|imatrix)([/._-]|$)/i.test(path);

/** The models among files: single files, or the first parts of split ones. */
function modelsAmong(paths: readonly string[]): string[] {
  return paths
    .filter((path) => /\.gguf$/i.test(path) && !isBeside(path))
    .filter((path) => Number(PART.exec(path)?.[2] ?? 1) === 1)
    .sort();
}

/** Whether the name of a file or its folder contains a type of weights as a whole word: Q4_K is not in Q4_K_M. */
function hasTag(path: string, tag: string): boolean {
  return new RegExp(`(^|[^A-Za-z0-9])${tag.replaceAll('.', '\\.')}(?![A-Za-z0-9_])`, 'i').test(path);
}

/** All files of the model that a file belongs to: a split one has several. Errors: `PART_MISSING`. */
export function filesOf(path: string, all: readonly string[]): string[] {
  const [, stem, , count] = PART.exec(path) ?? [];
  if (stem === undefined) return [path];
  const parts = Array.from(
    { length: Number(count) },
    (_, i) => `${stem}-${String(i + 1).padStart(5, '0')}-of-${count}.gguf`,
  );
  const missing = parts.find((part) => !all.includes(part));
  if (missing === undefined) return parts;
  throw new LlamaError('input', 'PART_MISSING', `${missing}, a part of the model, is not in the repository`, {
    value: missing,
    next: 'Choose another file of the repository, or tell its owner.',
  });
}

function listed(models: readonly string[]): string {
  const shown = models.slice(0, 20).map((path) => `  ${path}`);
  if (models.length > shown.length) shown.push(`  and ${models.length - shown.length} more`);
  return shown.join('\n');
}

/**
 * Chooses the file. Errors: `NO_SUCH_FILE`, `NO_GGUF`, `NO_SUCH_TAG`, `AMBIGUOUS`, each with the available ones.
 *
 * @param paths  of the files of a repository
 * @param repo   its name as the user types it
 */
export function chooseFile(
  paths: readonly string[],
  { file, tag }: { file?: string | undefined; tag?: string | undefined },
  repo: string,
): string {
  const models = modelsAmong(paths);
  const choose = models.length === 0 ? {} : { next: `Name one of them (${repo}:FILE):\n${listed(models)}` };
  if (file !== undefined) {
    const found = paths.find((path) => path === file) ?? paths.find((path) => path.endsWith(`/${file}`));
    if (found !== undefined) return found;
    throw new LlamaError('input', 'NO_SUCH_FILE', `${repo} has no file ${file}`, { value: file, ...choose });
  }
  if (models.length === 0) {
    throw new LlamaError('input', 'NO_GGUF', `${repo} has no GGUF file`, {
      value: repo,
      next: 'Look for a repository of the same model whose name ends with GGUF.',
    });
  }
  const tags = tag === undefined ? PREFERRED : [tag];
  for (const each of tags) {
    const found = models.filter((path) => hasTag(path, each));
    if (found.length === 1) return found[0]!;
    if (found.length > 1 && tag !== undefined) {
      throw new LlamaError('input', 'AMBIGUOUS', `${repo} has ${found.length} files of type ${tag}`, {
        value: found,
        next: `Name one of them (${repo}:FILE):\n${listed(found)}`,
      });
    }
    if (found.length > 1) break;
  }
  if (tag !== undefined) {
    throw new LlamaError('input', 'NO_SUCH_TAG', `${repo} has no file of type ${tag}`, { value: tag, ...choose });
  }
  if (models.length === 1) return models[0]!;
  throw new LlamaError('input', 'AMBIGUOUS', `${repo} has ${models.length} models`, { value: models, ...choose });
}
