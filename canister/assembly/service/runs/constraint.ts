/** What the tokens of an answer are held to: a grammar, or a schema that is turned into one. */
import { Text } from '../../ic/candid/values';
import { GbnfText } from '../../llm/grammar/gbnf';
import { Grammar } from '../../llm/grammar/grammar';
import { GrammarSource } from '../../llm/grammar/grammar-source';
import { refusedAllocations } from '../../memory/heap';
import { JsonSchema } from '../../llm/schema/json-schema';
import { Arguments } from '../flags/arguments';
import { engine } from '../engine/loaded';

/** What is asked for, or why it cannot be had. */
@final
export class Constraint {
  error: string = '';
  /** What is wrong is that the heap is full. */
  isForWantOfMemory: bool = false;
  grammar: Grammar | null = null;

  /** Reads what the command line says; nothing is kept if anything is wrong. */
  constructor(args: Arguments) {
    const flag = (args.isSchema ? '--json-schema' : '--grammar') + (args.constraintFile.size > 0 ? '-file' : '');
    if (args.constraint.size > 0) this.make(args.constraint, args.isSchema, flag);
  }

  private make(text: Text, isSchema: bool, flag: string): void {
    const refused = refusedAllocations();
    if (isSchema) this.read(new JsonSchema(text.ptr, text.size), flag, refused);
    else this.read(new GbnfText(text.ptr, text.size), flag, refused);
  }

  private read(source: GrammarSource, flag: string, refused: u32): void {
    this.grammar = engine.grammar(source);
    if (this.grammar !== null) return;
    this.isForWantOfMemory = refusedAllocations() > refused;
    const why = this.isForWantOfMemory ? 'there is no room to compile it' : engine.error;
    this.error = `${flag}: ${why}`;
  }
}
