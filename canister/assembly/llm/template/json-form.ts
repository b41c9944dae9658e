/** How JSON is written. */
@final
export class JsonForm {
  indent: u32 = 0;
  escapesAll: bool = false;
  sortsKeys: bool = false;
  /** Texts between items, and between a key and its value; 0 for those of Python. */
  between: usize = 0;
  behindKey: usize = 0;
  /** What is not defined is written so; for JSON it is null. */
  showsUndefined: bool = false;

  reset(): void {
    this.indent = 0;
    this.escapesAll = this.sortsKeys = this.showsUndefined = false;
    this.between = this.behindKey = 0;
  }
}
