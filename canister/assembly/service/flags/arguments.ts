/** llama.cpp's command line, as the methods get it: one text a word. Which flags there are is in flags/. */
import { Problem } from '../../problem';
import { InputRecord } from '../../ic/candid/service.generated';
import { Text } from '../../ic/candid/values';
import { Override } from '../../llm/gguf/overrides';
import { SamplingParameters } from '../../llm/sampling/parameters';
import { settings } from '../../llm/sampling/settings';
import { CacheTypes, RopeOverrides, SCALING_LINEAR, SCALING_NONE, SCALING_YARN } from '../../llm/model/load-options';
import { resolveEscapes } from './escapes';
import { CHOICE, Flag, IGNORED, MOOT, NEUTRAL, NOTHING, REAL, REFUSED, WHOLE } from './flag';
import * as flag from './honoured';
import { findFlag } from './table';
import { addOverrides } from './model-overrides';
import { realNumber, wholeNumber } from './numeral';
import { NO_SEED } from './seed';
import { addBias, setOrder } from './sampling-flags';

/** Bytes of a caller's text that an error shows. */
const SHOWN: u32 = 64;
/** Reverse prompts of one call, and bytes of each: every token is compared with all of them. */
const MAX_REVERSE_PROMPTS: i32 = 64;
const MAX_REVERSE_PROMPT: u32 = 1024;
/** Sequence breakers of one call, and bytes of each: every token of a session may be compared with all of them. */
const MAX_BREAKERS: i32 = 32;
const MAX_BREAKER: u32 = 1024;
const NO_TEXT = new Text(0, 0);

/** Types of llama.cpp's cache that ours of 16-bit fixed point stands for, and those that ours of 8 bits does. */
const WIDE_TYPES: StaticArray<string> = ['f16', 'bf16', 'f32'];
const BYTE_TYPES: StaticArray<string> = ['q8_0', 'q4_0', 'q4_1', 'iq4_nl', 'q5_0', 'q5_1'];

/** What a command line asks for. Nothing but `problem` means anything where there is one. */
@final
export class Arguments {
  /** What is wrong, with the flag that it is about; null if nothing is. */
  problem: Problem | null = null;
  model: Text = NO_TEXT;
  /** Most tokens of a session; 0: as the model says. */
  context: i32 = 0;
  /** Whether a model with a weight or a scale that is no finite number is refused. */
  checksTensors: bool = false;
  /** Whether keys and values are kept in 8 bits each. */
  private areKeysBytes: bool = false;
  private areValuesBytes: bool = false;
  /** What the `--rope-...` and `--yarn-...` flags say instead of the model file. */
  readonly rope: RopeOverrides = new RopeOverrides();
  /** What keys of the model's metadata are instead of what its file says. */
  readonly overrides: Override[] = [];
  /** May have any bytes, after its escapes were resolved. */
  prompt: Text = NO_TEXT;
  /** The file that the prompt is in, if it is in one; and whether a newline at its end belongs to it. */
  promptFile: Text = NO_TEXT;
  isBinary: bool = false;
  /** Whether escapes are resolved, in what the command line has and what its files have. */
  escape: bool = true;
  /** Tokens to sample; negative: until the end. */
  predict: i32 = -1;
  promptCache: Text = NO_TEXT;
  readOnly: bool = false;
  /** Whether control tokens are shown. */
  special: bool = false;
  readonly reversePrompts: Text[] = [];
  logFile: Text = NO_TEXT;
  readonly sampling: SamplingParameters = new SamplingParameters();
  /** Texts behind which a repetition counts for none; `areBreakersGiven`: in place of llama.cpp's own. */
  readonly breakers: Text[] = [];
  areBreakersGiven: bool = false;
  ignoreEos: bool = false;
  /** A grammar, or a JSON schema, that the answer is held to, or the file that it is in; empty: none. */
  constraint: Text = NO_TEXT;
  constraintFile: Text = NO_TEXT;
  isSchema: bool = false;
  /** Flags that cannot be followed, each with the reason; empty if there are none. */
  ignored: string = '';
  private readonly unfollowed: Flag[] = [];
  /** The last order of samplers: it is read once, because reading takes memory that is collected only after the call. */
  private samplers: Text | null = null;
  private areLetters: bool = false;

  /** @param isOnlySampling whether flags that are about something else than sampling are refused */
  constructor(input: InputRecord, isOnlySampling: bool = false) {
    const args = input.args;
    this.sampling.seed = NO_SEED;
    for (let i = 0; i < args.length && this.problem === null; ++i) {
      const row = findFlag(args[i]);
      if (row === null) {
        this.problem = unknown(args[i]);
      } else if (isOnlySampling && !isAboutSampling(row)) {
        this.fail(`${args[i].toString()}: only flags about sampling are accepted here`);
      } else if (row.meaning == REFUSED) {
        this.fail(`${args[i].toString()}: ${row.note}`);
      } else if (row.value == NOTHING) {
        if (row.meaning == IGNORED) this.ignore(row, args[i].toString(), row.note);
        else this.turn(row.meaning);
      } else if (row.value == CHOICE) {
        if (row.meaning == IGNORED) this.ignore(row, args[i].toString(), row.note);
        if (i + 1 < args.length && isChoice(args[i + 1])) ++i;
      } else if (i + 1 == args.length) {
        this.fail(`${args[i].toString()}: its value is missing`);
      } else {
        if (row.meaning == IGNORED) this.ignore(row, args[i].toString(), row.note);
        ++i;
        this.take(row, args[i]);
        const problem = this.problem;
        if (problem !== null) this.problem = problem.of(`${args[i - 1].toString()} ${shown(args[i])}`);
      }
    }
    if (this.problem === null) this.order();
    if (this.problem === null && this.escape) this.resolve();
  }

  get cacheTypes(): CacheTypes {
    return new CacheTypes(this.areKeysBytes, this.areValuesBytes);
  }

  /** Reads the order of the samplers, if there is one. */
  private order(): void {
    const text = this.samplers;
    if (text === null) return;
    const problem = setOrder(this.sampling, text, this.areLetters);
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

  /** Has the log say, once for all its forms, that a flag was ignored. */
  private ignore(row: Flag, name: string, why: string): void {
    if (this.unfollowed.includes(row)) return;
    this.unfollowed.push(row);
    this.note(name, why);
  }

  private note(name: string, why: string): void {
    this.ignored += `${this.ignored.length == 0 ? '' : '; '}${name}: ${why}`;
  }

  /** Does without a file for the log. */
  ignoreLogFile(why: string): void {
    this.logFile = NO_TEXT;
    this.note('--log-file', why);
  }

  private fail(why: string): void {
    this.problem = new Problem(why);
  }

  /** A flag without a value. */
  private turn(meaning: u8): void {
    if (meaning == flag.ESCAPE) this.escape = true;
    else if (meaning == flag.NO_ESCAPE) this.escape = false;
    else if (meaning == flag.READ_ONLY) this.readOnly = true;
    else if (meaning == flag.SPECIAL) this.special = true;
    else if (meaning == flag.IGNORE_EOS) this.ignoreEos = true;
    else if (meaning == flag.CHECK_TENSORS) this.checksTensors = true;
  }

  private take(row: Flag, value: Text): void {
    if (row.value == WHOLE) this.takeWhole(row, wholeNumber(value));
    else if (row.value == REAL) this.takeReal(row, realNumber(value));
    else if (row.meaning != IGNORED && row.meaning != MOOT) this.takeText(row.meaning, value);
  }

  private takeWhole(row: Flag, value: f64): void {
    if (!(value >= -2147483648 && value <= 4294967295)) {
      this.fail('it is no whole number of 32 bits');
      return;
    }
    // Only a seed may need the upper half of 32 bits without a sign.
    if (row.meaning == flag.SEED) {
      this.sampling.seed = <u32>(<i64>value);
      return;
    }
    if (value > 2147483647) {
      this.fail('it is too large');
      return;
    }
    const whole = <i32>value;
    if (row.meaning >= flag.FIRST_SETTING) return this.set(row, value);
    switch (row.meaning) {
      case flag.CONTEXT:
        if (whole < 0) this.fail('0 (as the model says) or more is accepted');
        // As llama.cpp does with less.
        this.context = whole == 0 ? 0 : max(whole, 8);
        break;
      case flag.PREDICT:
        if (whole < -2) this.fail('-2 (until the context is full), -1 (until the end) or more is accepted');
        this.predict = whole;
        break;
      case flag.YARN_CONTEXT:
        if (whole < 0) this.fail('0 (as the model says) or more is accepted');
        this.rope.context = <f64>whole;
        break;
      case NEUTRAL:
        this.compare(row, value);
    }
  }

  private takeReal(row: Flag, value: f64): void {
    if (isNaN(value)) {
      this.fail('it is no number');
    } else if (row.meaning == NEUTRAL) {
      this.compare(row, value);
    } else if (
      row.meaning == flag.ROPE_BASE ||
      row.meaning == flag.ROPE_SCALE ||
      row.meaning == flag.ROPE_FREQUENCY_SCALE
    ) {
      if (!(value > 0)) this.fail('it has to be above 0');
      if (row.meaning == flag.ROPE_BASE) this.rope.base = value;
      else this.rope.factor = row.meaning == flag.ROPE_SCALE ? value : 1 / value;
    } else if (row.meaning >= flag.FIRST_SETTING) {
      this.set(row, value);
    } else {
      this.takeYarn(row.meaning, value);
    }
  }

  /** A number of yarn; below 0: as the file says. */
  private takeYarn(meaning: u8, value: f64): void {
    if (!isFinite(<f32>value)) this.fail('it is too large');
    else if (meaning == flag.YARN_EXTRAPOLATION) this.rope.yarn = value;
    else if (meaning == flag.YARN_ATTENTION) this.rope.attention = value;
    else if (meaning == flag.YARN_FAST) this.rope.fast = value;
    else if (meaning == flag.YARN_SLOW) this.rope.slow = value;
  }

  /** Takes a sampler's number. */
  private set(row: Flag, value: f64): void {
    const setting = settings[row.meaning - flag.FIRST_SETTING];
    this.problem = this.sampling.set(setting, value);
    if (this.problem === null && !setting.accepts(value)) {
      this.ignore(row, `${setting.flags.split(' ')[0]} ${value}`, setting.range);
    }
  }

  /** Refuses all values but the neutral one. */
  private compare(row: Flag, value: f64): void {
    const space = row.note.indexOf(' ');
    const neutral = row.note.substring(0, space);
    if (value != parseFloat(neutral)) this.fail(`${row.note.substring(space + 1)}; only ${neutral} is accepted`);
  }

  private takeText(meaning: u8, value: Text): void {
    switch (meaning) {
      case flag.MODEL:
        this.model = value;
        break;
      case flag.PROMPT:
        this.prompt = value;
        this.promptFile = NO_TEXT;
        break;
      case flag.PROMPT_FILE:
      case flag.BINARY_FILE:
        if (value.size == 0) this.fail('a file has a name');
        this.prompt = NO_TEXT;
        this.promptFile = value;
        this.isBinary = meaning == flag.BINARY_FILE;
        break;
      case flag.PROMPT_CACHE:
        this.promptCache = value;
        break;
      case flag.LOG_FILE:
        this.logFile = value;
        break;
      case flag.REVERSE_PROMPT:
        this.takeReversePrompt(value);
        break;
      case flag.CACHE_TYPE_K:
        this.areKeysBytes = this.isByteType(value);
        break;
      case flag.CACHE_TYPE_V:
        this.areValuesBytes = this.isByteType(value);
        break;
      case flag.ROPE_SCALING:
        this.takeScaling(value);
        break;
      case flag.OVERRIDE:
        this.problem = addOverrides(this.overrides, value);
        break;
      case flag.GRAMMAR:
      case flag.JSON_SCHEMA:
        this.constraint = value;
        this.constraintFile = NO_TEXT;
        this.isSchema = meaning == flag.JSON_SCHEMA;
        break;
      case flag.GRAMMAR_FILE:
      case flag.SCHEMA_FILE:
        if (value.size == 0) this.fail('a file has a name');
        this.constraint = NO_TEXT;
        this.constraintFile = value;
        this.isSchema = meaning == flag.SCHEMA_FILE;
        break;
      case flag.SEQUENCE_BREAKER:
        this.takeBreaker(value);
        break;
      case flag.LOGIT_BIAS:
        this.problem = addBias(this.sampling, value);
        break;
      case flag.SAMPLERS:
      case flag.SAMPLER_LETTERS:
        this.samplers = value;
        this.areLetters = meaning == flag.SAMPLER_LETTERS;
    }
  }

  /** Whether a type of the cache is kept in 8 bits, and not in 16. */
  private isByteType(value: Text): bool {
    const type = value.size > SHOWN ? '' : value.toString();
    const isByte = BYTE_TYPES.includes(type);
    if (!isByte && !WIDE_TYPES.includes(type)) {
      this.fail(
        'keys and values are kept in 16 bits (f32, f16, bf16) or in 8 (q8_0 and less); no other type is accepted',
      );
    }
    return isByte;
  }

  private takeReversePrompt(value: Text): void {
    if (value.size > MAX_REVERSE_PROMPT) this.fail(`it has more than ${MAX_REVERSE_PROMPT} bytes`);
    else if (this.reversePrompts.length == MAX_REVERSE_PROMPTS)
      this.fail(`it is one of more than ${MAX_REVERSE_PROMPTS}`);
    else if (value.size > 0) this.reversePrompts.push(value);
  }

  /** The first one takes the place of llama.cpp's own; "none" takes all away. */
  private takeBreaker(value: Text): void {
    this.areBreakersGiven = true;
    if (value.size == 4 && value.toString() == 'none') this.breakers.length = 0;
    else if (value.size > MAX_BREAKER) this.fail(`it has more than ${MAX_BREAKER} bytes`);
    else if (this.breakers.length == MAX_BREAKERS) this.fail(`it is one of more than ${MAX_BREAKERS}`);
    else if (value.size > 0) this.breakers.push(value);
  }

  private takeScaling(value: Text): void {
    const scaling = value.size > SHOWN ? '' : value.toString();
    if (scaling == 'none') this.rope.scaling = SCALING_NONE;
    else if (scaling == 'linear') this.rope.scaling = SCALING_LINEAR;
    else if (scaling == 'yarn') this.rope.scaling = SCALING_YARN;
    else this.fail('none, linear and yarn are accepted');
  }
}

/** Whether a flag is about how tokens are chosen, or asks for nothing. */
function isAboutSampling(row: Flag): bool {
  const meaning = row.meaning;
  if (meaning >= flag.FIRST_SETTING || meaning == flag.SAMPLERS || meaning == flag.SAMPLER_LETTERS) return true;
  if (meaning == flag.LOGIT_BIAS || meaning == flag.IGNORE_EOS || meaning == flag.SEQUENCE_BREAKER) return true;
  return meaning == flag.ESCAPE || meaning == flag.NO_ESCAPE || meaning < flag.MODEL;
}

/** As it may be shown in an error: its first bytes, quoted if it could be misread. */
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
