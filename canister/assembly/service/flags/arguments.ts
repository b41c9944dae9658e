/** Parses llama.cpp's command line, which methods get as one text per word. table.ts has the flags. */
import { Problem } from '../../problem';
import { InputRecord } from '../../ic/candid/service.generated';
import { Text } from '../../ic/candid/values';
import { Asked } from './asked';
import { resolveEscapes } from './escapes';
import { CHOICE, Flag, IGNORED, NOTHING, REFUSED } from './flag';
import { readOrder } from './sampling-flags';
import { findFlag } from './table';

/** Bytes of a caller's text that an error shows. */
const SHOWN: u32 = 64;

/** The values of a command line. If there is a `problem`, nothing else is valid. */
@final
export class Arguments extends Asked {
  /** What is wrong, with the flag that it is about; null if nothing is. */
  problem: Problem | null = null;

  /** @param isOnlySampling whether all flags other than sampling flags are refused */
  constructor(input: InputRecord, isOnlySampling: bool = false) {
    super();
    const args = input.args;
    for (let i = 0; i < args.length && this.problem === null; ++i) {
      const flag = findFlag(args[i]);
      if (flag === null) {
        this.problem = unknown(args[i]);
      } else if (isOnlySampling && !flag.isForSampling) {
        this.fail(`${args[i].toString()}: only flags about sampling are accepted here`);
      } else if (flag.meaning == REFUSED) {
        this.fail(`${args[i].toString()}: ${flag.note}`);
      } else if (flag.value == NOTHING) {
        this.noteIgnored(flag, args[i]);
        this.problem = flag.take(this, args[i]);
      } else if (flag.value == CHOICE) {
        this.noteIgnored(flag, args[i]);
        if (i + 1 < args.length && isChoice(args[i + 1])) ++i;
      } else if (i + 1 == args.length) {
        this.fail(`${args[i].toString()}: its value is missing`);
      } else {
        this.noteIgnored(flag, args[i]);
        ++i;
        const problem = flag.take(this, args[i]);
        if (problem !== null) this.problem = problem.of(`${args[i - 1].toString()} ${shown(args[i])}`);
      }
    }
    if (this.problem === null) this.order();
    if (this.problem === null && this.escape) this.resolve();
  }

  private noteIgnored(flag: Flag, name: Text): void {
    if (flag.meaning == IGNORED) this.ignore(flag.names, name.toString(), flag.note);
  }

  /**
   * Parses the order of the samplers once, at the end: parsing allocates memory that is collected only after the call.
   */
  private order(): void {
    const text = this.samplers;
    if (text === null) return;
    const problem = readOrder(this.sampling, text, this.areLetters);
    if (problem !== null)
      this.problem = problem.of(`${this.areLetters ? '--sampler-seq' : '--samplers'} ${shown(text)}`);
  }

  /** Resolves escapes where llama.cpp does. */
  private resolve(): void {
    this.prompt = resolveEscapes(this.prompt);
    const prompts = this.reversePrompts;
    for (let i = 0; i < prompts.length; ++i) prompts[i] = resolveEscapes(prompts[i]);
    const breakers = this.breakers;
    for (let i = 0; i < breakers.length; ++i) breakers[i] = resolveEscapes(breakers[i]);
  }

  private fail(why: string): void {
    this.problem = new Problem(why);
  }
}

/** A text as an error shows it: its first bytes, quoted if it could be misread. */
function shown(text: Text): string {
  if (text.size == 0) return '""';
  if (text.size <= SHOWN) return text.toString();
  let end = SHOWN;
  while (end > 0 && (load<u8>(text.ptr + end) & 0xc0) == 0x80) --end;
  return new Text(text.ptr, end).toString() + '...';
}

function unknown(text: Text): Problem {
  const what = shown(text);
  if (!what.startsWith('-')) return new Problem(`${what}: a flag was expected here, and no flag begins like this`);
  const equals = what.indexOf('=');
  if (equals > 0)
    return new Problem(`${what}: a flag and its value are two texts, "${what.substring(0, equals)}" and what follows`);
  return new Problem(`${what}: there is no such flag`);
}

function isChoice(text: Text): bool {
  if (text.size > 4) return false;
  const choice = text.toString();
  return choice == 'on' || choice == 'off' || choice == 'auto';
}
