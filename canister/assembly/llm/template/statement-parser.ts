import { ExpressionParser } from './expression-parser';
import { Name } from './names';
import { Kind, a, kindOfNode, setA, setB, setC, setD, setDetail, setNext } from './nodes';
import { plainText } from './texts';
import { Token } from './tokens';

/** Reads the statements of a template into a tree (nodes.ts). */
@final
export class StatementParser extends ExpressionParser {
  /** Loops around the statement that is read, within its macro. */
  private loops: i32 = 0;

  /** The first statement of the template; a problem is left in `problem`. */
  run(): usize {
    const first = this.block();
    if (!this.hasFailed && this.kind != Token.End) this.fail(`"${this.wordAt(this.at)}" has no statement that it ends`);
    return first;
  }

  /** Reads statements until a tag that begins none; returns the first of them. */
  private block(): usize {
    if (!this.enter()) return 0;
    let first: usize = 0;
    let last: usize = 0;
    while (!this.hasFailed && this.kind != Token.End) {
      const statement = this.statement();
      if (statement == 0) break;
      if (last == 0) first = statement;
      else setNext(last, statement);
      last = statement;
    }
    this.leave();
    return first;
  }

  /** A statement; 0 for one that goes on or ends the one around it. */
  private statement(): usize {
    const kind = this.kind;
    if (kind == Token.Text) {
      const node = this.node(Kind.Text);
      setA(node, plainText(this.arena, this.tokens.bytes(this.at), this.tokens.length(this.at), true));
      this.skip();
      return node;
    }
    if (kind == Token.OpenExpression) {
      const node = this.node(Kind.Print);
      this.skip();
      setA(node, this.expressions());
      this.expect(Token.CloseExpression, '"}}"');
      return this.hasFailed ? 0 : node;
    }
    if (this.kindAfter != Token.Word) {
      this.skip();
      return this.fail('the name of a statement is missing');
    }
    return this.named();
  }

  private named(): usize {
    switch (this.tokens.number(this.at + 1)) {
      case Name.Endif:
      case Name.Elif:
      case Name.Else:
      case Name.Endfor:
      case Name.Endset:
      case Name.Endmacro:
      case Name.Endcall:
      case Name.Endfilter:
        return 0;
      default:
    }
    const at = this.at;
    this.skip();
    const name = this.name('');
    switch (name) {
      case Name.If:
        return this.if();
      case Name.For:
        return this.for();
      case Name.Set:
        return this.set();
      case Name.Macro:
        return this.macro();
      case Name.Call:
        return this.callBlock();
      case Name.Filter:
        return this.filterBlock();
      case Name.Break:
        return this.jump(Kind.Break);
      case Name.Continue:
        return this.jump(Kind.Continue);
      case Name.Do: {
        const node = this.two(Kind.Do, this.expression(), 0);
        this.close();
        return node;
      }
      default:
        return this.fail(`there is no statement "${this.wordAt(at)}" in chat templates`);
    }
  }

  private close(): void {
    this.expect(Token.CloseStatement, '"%}"');
  }

  /** Whether the next statement begins with a word. */
  private isNext(name: Name): bool {
    return this.kind == Token.OpenStatement && this.isWordAfter(name);
  }

  /** Passes over the beginning of a statement. */
  private takeNext(name: Name): bool {
    if (!this.isNext(name)) return false;
    this.skip();
    this.skip();
    return true;
  }

  private end(name: Name, text: string): void {
    if (!this.takeNext(name)) {
      this.fail(`"${text}" is missing`);
      return;
    }
    this.close();
  }

  /** Branches are linked by their `otherwise`, however many there are. */
  private if(): usize {
    const first = this.branch();
    let last = first;
    while (!this.hasFailed && this.takeNext(Name.Elif)) {
      const branch = this.branch();
      if (this.hasFailed) return 0;
      setC(last, branch);
      setDetail(last, 1);
      last = branch;
    }
    if (!this.hasFailed && this.takeNext(Name.Else)) {
      this.close();
      const otherwise = this.block();
      if (!this.hasFailed) setC(last, otherwise);
    }
    this.end(Name.Endif, 'endif');
    return this.hasFailed ? 0 : first;
  }

  private branch(): usize {
    const node = this.node(Kind.If);
    setA(node, this.expression());
    this.close();
    setB(node, this.block());
    return node;
  }

  private for(): usize {
    const node = this.node(Kind.For);
    setA(node, this.loopTarget());
    if (!this.takeWord(Name.In)) return this.fail('"in" is missing');
    setB(node, this.expression());
    this.close();
    ++this.loops;
    setC(node, this.block());
    --this.loops;
    if (!this.hasFailed && this.takeNext(Name.Else)) {
      this.close();
      setD(node, this.block());
    }
    this.end(Name.Endfor, 'endfor');
    return this.hasFailed ? 0 : node;
  }

  /** A name, or several, perhaps in brackets. */
  private loopTarget(): usize {
    const isBracketed = this.takeSymbol(0x28);
    const first = this.variableNode();
    let target = first;
    if (this.isSymbol(0x2c)) {
      target = this.node(Kind.Tuple);
      setA(target, first);
      let last = first;
      while (!this.hasFailed && this.takeSymbol(0x2c)) {
        if (this.isWord(Name.In) || this.isSymbol(0x29)) break;
        const next = this.variableNode();
        setNext(last, next);
        last = next;
      }
    }
    if (isBracketed) this.expectSymbol(0x29, '")"');
    return target;
  }

  private variableNode(): usize {
    const node = this.node(Kind.Variable);
    setA(node, this.name('the name of a variable'));
    return node;
  }

  private set(): usize {
    const node = this.node(Kind.Set);
    const target = this.expressions();
    if (this.hasFailed) return 0;
    setA(node, target);
    if (this.takeSymbol(0x3d)) {
      setB(node, this.expressions());
      this.close();
    } else {
      // The block's filters were read as the target's.
      if (kindOfNode(target) == Kind.Filter) setA(node, this.withoutFilters(node, target));
      this.close();
      setC(node, this.block());
      this.end(Name.Endset, 'endset');
    }
    return this.isTarget(a(node)) ? node : this.fail('only names and attributes can be set');
  }

  /** Takes the filters off a target, and leaves them to the statement. */
  private withoutFilters(statement: usize, target: usize): usize {
    setD(statement, target);
    let last = target;
    while (kindOfNode(a(last)) == Kind.Filter) last = a(last);
    const name = a(last);
    setA(last, 0);
    return name;
  }

  private isTarget(target: usize): bool {
    if (this.hasFailed || target == 0) return false;
    const kind = kindOfNode(target);
    return kind == Kind.Variable || kind == Kind.Member || kind == Kind.Tuple;
  }

  private macro(): usize {
    const node = this.node(Kind.Macro);
    setA(node, this.name('the name of a macro'));
    setB(node, this.parameters());
    this.close();
    this.macroBody(node);
    this.end(Name.Endmacro, 'endmacro');
    return this.hasFailed ? 0 : node;
  }

  /** The body of a macro, and whether it uses arguments that no parameter is for. */
  private macroBody(node: usize): void {
    const uses = this.uses;
    const loops = this.loops;
    this.uses = this.loops = 0;
    setC(node, this.block());
    setDetail(node, this.uses);
    this.uses = uses;
    this.loops = loops;
  }

  private parameters(): usize {
    this.expectSymbol(0x28, '"("');
    let first: usize = 0;
    let last: usize = 0;
    while (!this.hasFailed && !this.isSymbol(0x29)) {
      const parameter = this.node(Kind.Keyword);
      setA(parameter, this.name('the name of a parameter'));
      if (this.takeSymbol(0x3d)) setB(parameter, this.expression());
      if (last == 0) first = parameter;
      else setNext(last, parameter);
      last = parameter;
      if (!this.takeSymbol(0x2c)) break;
    }
    this.expectSymbol(0x29, '")"');
    return first;
  }

  private callBlock(): usize {
    const node = this.node(Kind.CallBlock);
    if (this.isSymbol(0x28)) setB(node, this.parameters());
    const call = this.expression();
    if (this.hasFailed) return 0;
    if (kindOfNode(call) != Kind.Call) return this.fail('a call is missing');
    setA(node, call);
    this.close();
    this.macroBody(node);
    this.end(Name.Endcall, 'endcall');
    return this.hasFailed ? 0 : node;
  }

  private filterBlock(): usize {
    const node = this.node(Kind.FilterBlock);
    setA(node, this.filters(this.filter(0)));
    this.close();
    setC(node, this.block());
    this.end(Name.Endfilter, 'endfilter');
    return this.hasFailed ? 0 : node;
  }

  private jump(kind: Kind): usize {
    const node = this.node(kind);
    if (this.loops == 0)
      return this.fail(kind == Kind.Break ? '"break" is outside of a loop' : '"continue" is outside of a loop');
    this.close();
    return node;
  }
}
