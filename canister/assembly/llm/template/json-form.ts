/** How JSON is written. */
@final
export class JsonForm {
  indent: u32 = 0;
  escapesAll: bool = false;
  sortsKeys: bool = false;
  /** Texts between items, and between a key and its value; 0 for Python's defaults. */
  between: usize = 0;
  behindKey: usize = 0;
  /** Writes undefined as such; JSON has null instead. */
  showsUndefined: bool = false;

  reset(): void {
    this.indent = 0;
    this.escapesAll = this.sortsKeys = this.showsUndefined = false;
    this.between = this.behindKey = 0;
  }
}
