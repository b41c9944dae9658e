/** All settings of all samplers, by their index. */
export const settings: Setting[] = [];

/** A number of a sampler that the command line can set. */
@final
export class Setting {
  /** Index of its value in `SamplingParameters`. */
  readonly index: i32;
  /** A value below `least` is ignored instead of refused, as in llama.cpp. */
  isLenient: bool = false;
  /** `least` itself is not accepted. */
  isAbove: bool = false;
  most: f64 = Infinity;

  constructor(
    /** Its flags on llama.cpp's command line, separated by spaces. */
    readonly flags: string,
    /** llama.cpp's default. */
    readonly initial: f64,
    /** Whether it is a whole number of 32 bits; else it is an f32. */
    readonly isWhole: bool = false,
    readonly least: f64 = -Infinity,
  ) {
    this.index = settings.length;
    settings.push(this);
  }

  upTo(most: f64): this {
    this.most = most;
    return this;
  }

  /** Requires a value above `least`. */
  exclusive(): this {
    this.isAbove = true;
    return this;
  }

  /** Ignores values below `least`. */
  lenient(): this {
    this.isLenient = true;
    return this;
  }

  /** Whether a value is in its range; NaN never is. */
  accepts(value: f64): bool {
    return value <= this.most && (this.isAbove ? value > this.least : value >= this.least);
  }

  /** The accepted range, in words. */
  get range(): string {
    if (this.isAbove) return `above ${plain(this.least)} is accepted`;
    if (this.most == Infinity) return `${plain(this.least)} or more is accepted`;
    return `${plain(this.least)} to ${plain(this.most)} is accepted`;
  }
}

/** A number without a superfluous fraction. */
function plain(value: f64): string {
  const text = value.toString();
  return text.endsWith('.0') ? text.substring(0, text.length - 2) : text;
}
