/** The values of a command line's flags, which the files *-flags.ts set. */
import { Text } from '../../ic/candid/values';
import { Override } from '../../llm/gguf/overrides';
import { CacheTypes, RopeOverrides } from '../../llm/model/load-options';
import { SamplingParameters } from '../../llm/sampling/parameters';
import { NO_SEED } from './seed';

export const NO_TEXT = new Text(0, 0);

export class Asked {
  model: Text = NO_TEXT;
  /** Most tokens of a session; 0: as the model says. */
  context: i32 = 0;
  /** Whether a model with a weight or a scale that is no finite number is refused. */
  checksTensors: bool = false;
  /** Whether keys and values are kept in 8 bits each. */
  areKeysBytes: bool = false;
  areValuesBytes: bool = false;
  /** Values of the `--rope-...` and `--yarn-...` flags, which replace those of the model file. */
  readonly rope: RopeOverrides = new RopeOverrides();
  /** Values that replace metadata of the model file. */
  readonly overrides: Override[] = [];
  /** May contain any bytes, because escapes are resolved. */
  prompt: Text = NO_TEXT;
  /** The file of the prompt, if it is in one; and whether a newline at its end belongs to it. */
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
  /** The last order of samplers that was given; null: none. And whether it consists of letters. */
  samplers: Text | null = null;
  areLetters: bool = false;
  /** Texts at which DRY restarts its match; `areBreakersGiven`: they replace llama.cpp's own. */
  readonly breakers: Text[] = [];
  areBreakersGiven: bool = false;
  ignoreEos: bool = false;
  /** A grammar or a JSON schema for the answer, or the file that it is in; empty: none. */
  constraint: Text = NO_TEXT;
  constraintFile: Text = NO_TEXT;
  isSchema: bool = false;
  /** Flags that were ignored, each with the reason; empty if there are none. */
  ignored: string = '';
  /** All forms of the flags that were ignored. */
  private readonly unfollowed: string[] = [];

  constructor() {
    this.sampling.seed = NO_SEED;
  }

  get cacheTypes(): CacheTypes {
    return new CacheTypes(this.areKeysBytes, this.areValuesBytes);
  }

  /**
   * Has the log say, once for all its forms, that a flag was ignored.
   * @param names the flag's forms
   * @param name the one that was given
   */
  ignore(names: string, name: string, why: string): void {
    if (this.unfollowed.includes(names)) return;
    this.unfollowed.push(names);
    this.note(name, why);
  }

  /** Ignores the file for the log. */
  ignoreLogFile(why: string): void {
    this.logFile = NO_TEXT;
    this.note('--log-file', why);
  }

  private note(name: string, why: string): void {
    this.ignored += `${this.ignored.length == 0 ? '' : '; '}${name}: ${why}`;
  }
}
