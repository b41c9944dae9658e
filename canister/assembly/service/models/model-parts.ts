/** The files of a model: one, or those that gguf-split makes, NAME-00001-of-00003.gguf and so on. */
import { Problem } from '../../problem';
import { File } from '../../storage/file';
import { openBeside, openFile } from '../../storage/file-system';
import { Path } from '../../storage/path';

const NUMBER: i32 = 5;
/** `-00001-of-00003.gguf` */
const OF: string = '-of-';
const SUFFIX: string = '.gguf';
/** Each part's header is read. Real models have a few parts. */
const MAX_PARTS: i32 = 256;

/** The files in order, or why they are not available: `problem`. */
@final
export class ModelParts {
  problem: Problem | null = null;
  readonly files: File[] = [];

  constructor(readonly path: string) {
    const count = this.count(path);
    if (count < 2) this.open(path, path);
    else this.openAll(path, count);
  }

  private openAll(path: string, count: i32): void {
    const first = this.name(0, count);
    if (path != first) this.problem = new Problem(`it is a part of a split model: load the first, ${first}`);
    else if (count > MAX_PARTS) this.problem = new Problem(`it has ${count} parts; at most ${MAX_PARTS} are accepted`);
    if (this.problem !== null) return;
    // All parts are in the same directory. Parsing a path once saves garbage: a path may have 4,096 bytes.
    const parsed = new Path(path);
    const stem = this.stem.substring(this.stem.lastIndexOf('/') + 1);
    for (let i = 0; i < count && this.problem === null; ++i) {
      const file = openBeside(parsed, part(stem, i, count));
      if (file !== null) this.files.push(file);
      else this.open(this.name(i, count), path);
    }
  }

  /** The number of parts that a name states; 0 if it is not the name of a part. */
  private count(path: string): i32 {
    if (!path.endsWith(SUFFIX)) return 0;
    const end = path.length - SUFFIX.length;
    const total = end - NUMBER;
    const number = total - OF.length - NUMBER;
    if (number < 1 || path.charAt(number - 1) != '-' || path.substring(total - OF.length, total) != OF) return 0;
    return isNumber(path, number) && isNumber(path, total) ? <i32>parseInt(path.substring(total, end)) : 0;
  }

  private name(index: u32, count: u32): string {
    return part(this.stem, index, count);
  }

  /** The name before the numbers. */
  private get stem(): string {
    return this.path.substring(0, this.path.length - SUFFIX.length - 2 * NUMBER - OF.length - 1);
  }

  private open(name: string, asked: string): void {
    const opened = openFile(name);
    const file = opened.value;
    if (file !== null) this.files.push(file);
    else this.problem = name == asked ? opened.problem : opened.problem!.of(`its part ${name} is missing`);
  }
}

function part(stem: string, index: u32, count: u32): string {
  return `${stem}-${fiveDigits(index + 1)}${OF}${fiveDigits(count)}${SUFFIX}`;
}

/** A number in five digits, as in these names. */
function fiveDigits(number: u32): string {
  return number.toString().padStart(NUMBER, '0');
}

function isNumber(text: string, at: i32): bool {
  for (let i = at; i < at + NUMBER; ++i) if (text.charCodeAt(i) - 0x30 > 9 || text.charCodeAt(i) < 0x30) return false;
  return true;
}
