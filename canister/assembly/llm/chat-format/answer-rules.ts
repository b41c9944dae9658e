import { ArgumentRules } from './argument-rules';
import { writeCalls } from './call-rules';
import { Recipient } from './channels';
import { ChatFormat } from './chat-format';
import { FormatRules } from './format-rules';
import { Literal, NO_TOKEN } from './literal';
import { Continues } from '../template/continues';

/** Characters that all marks of heads begin with, and that nothing within a part may begin with: `<|`. */
const HEAD_MARK: i32 = 2;

/** The rules of one answer. */
@final
export class AnswerRules {
  /** Control tokens that are allowed in free text. */
  private readonly passed: i32[] = [];

  constructor(
    private readonly to: FormatRules,
    private readonly format: ChatFormat,
    private readonly tools: ArgumentRules[],
    private readonly isRequired: bool,
    private readonly isParallel: bool,
    /** The rule of an answer apart from its calls; -1: it is free. */
    private readonly answer: i32,
    /** The part of the prompt's last message that the answer continues. */
    private readonly continues: Continues,
  ) {
    const wrappers = format.wrappers;
    for (let i = 0; i < wrappers.length; ++i) this.pass(wrappers[i]);
    this.pass(format.thinking.start);
    this.pass(format.thinking.end);
  }

  private pass(mark: Literal): void {
    for (let i = 0; i < mark.length; ++i) {
      const token = mark.tokenAt(i);
      if (token > NO_TOKEN && !this.passed.includes(token)) this.passed.push(token);
    }
  }

  /** The rule of an answer after a prompt. */
  root(promptEnd: string): u32 {
    const to = this.to;
    const writer = to.writer;
    if (this.format.channels !== null) return this.parts();
    const body = this.body();
    const thinking = this.format.thinking;
    if (!thinking.isKnown) return body;
    if (this.continues == Continues.Text) return body;
    const thoughts = this.thoughts(body);
    if (this.continues == Continues.Thoughts || this.format.startOf(promptEnd) == Recipient.Model) return thoughts;
    const root = writer.newRule();
    if (!thinking.start.isBlank) {
      const base = writer.base;
      to.space();
      to.literal(thinking.start.trimmed);
      writer.rule(thoughts);
      writer.give(root, base);
    }
    const base = writer.base;
    writer.rule(body);
    writer.give(root, base);
    return root;
  }

  /** The rule of thoughts that have begun, and of the rest of the answer. */
  private thoughts(body: u32): u32 {
    // As much white space after thoughts as models write.
    const to = this.to;
    const base = to.writer.base;
    to.space();
    to.writer.rule(body);
    return to.until(this.format.thinking.end.trimmed, to.made(base), !this.isRequired && this.answer < 0, []);
  }

  /** The rule of the answer after its thoughts. */
  private body(): u32 {
    const to = this.to;
    const writer = to.writer;
    const form = this.format.calls;
    const hasCalls = this.tools.length > 0;
    if (hasCalls && !this.isRequired && this.answer < 0 && !form.trigger.isBlank) {
      const mark = form.trigger.trimmed;
      return to.until(mark, this.calls(mark.length), true, this.passed);
    }
    // The continuation of a text is never a call, however it begins.
    if (this.continues == Continues.Text && this.format.hasBareCalls) return to.anything(true, this.passed);
    const rule = writer.newRule();
    if (hasCalls) {
      const base = writer.base;
      writer.rule(this.calls(0));
      writer.give(rule, base);
    }
    if (this.isRequired) return rule;
    if (this.answer >= 0) {
      const base = writer.base;
      const wrappers = this.format.wrappers;
      // The first mark of an answer begins it, and the second ends it.
      if (wrappers.length > 0) to.literal(wrappers[0]);
      writer.rule(this.answer);
      if (wrappers.length > 1) to.literal(wrappers[1]);
      writer.give(rule, base);
      return rule;
    }
    // In formats without a mark, an answer that begins with a brace is a call.
    writer.give(rule, writer.base);
    to.otherwise(rule, this.passed);
    return rule;
  }

  /** The rule of all calls, from byte `from` of their beginning on. */
  private calls(from: i32): u32 {
    const to = this.to;
    const writer = to.writer;
    const form = this.format.calls;
    const hasSection = !form.section.isBlank;
    const first = writeCalls(to, form, this.tools, hasSection ? 0 : from);
    let more: i32 = -1;
    if (this.isParallel && !form.isSingle) {
      const next = from == 0 || hasSection ? first : writeCalls(to, form, this.tools, 0);
      const base = writer.base;
      to.literal(form.separator);
      writer.rule(next);
      more = to.made(base);
    }
    const base = writer.base;
    if (hasSection) to.literalFrom(form.section, from);
    writer.rule(first);
    if (more >= 0) writer.repeated(more, 0, -1);
    to.literal(form.sectionEnd);
    return to.made(base);
  }

  /** The rule of an answer in parts with heads. */
  private parts(): u32 {
    const to = this.to;
    const writer = to.writer;
    const channels = this.format.channels!;
    if (channels.hasBareNames) return this.namedParts();
    const tools = this.tools;
    const call = writer.newRule();
    for (let i = 0; i < tools.length; ++i) {
      const base = writer.base;
      to.text(`${tools[i].tool.name} `);
      this.mark(channels.constraint);
      to.text('json');
      this.mark(channels.message);
      writer.rule(tools[i].whole);
      writer.give(call, base);
    }
    /** After a head's beginning: the kind of the part. */
    const part = writer.newRule();
    if (tools.length > 0) {
      const base = writer.base;
      to.text('commentary to=functions.');
      writer.rule(call);
      writer.give(part, base);
    }
    const next = writer.newRule();
    let base = writer.base;
    this.mark(channels.start);
    to.text('assistant');
    this.mark(channels.otherStart);
    writer.rule(part);
    writer.give(next, base);
    const body = to.until(channels.partEnd, next, false, this.passed, HEAD_MARK);
    base = writer.base;
    to.text('analysis');
    this.mark(channels.message);
    writer.rule(body);
    writer.give(part, base);
    let free = body;
    if (!this.isRequired) {
      free = this.answer >= 0 ? <u32>this.answer : to.until(channels.partEnd, next, true, this.passed, HEAD_MARK);
      base = writer.base;
      to.text('final');
      this.mark(channels.message);
      writer.rule(free);
      writer.give(part, base);
      if (tools.length > 0 && this.answer < 0) {
        base = writer.base;
        to.text('commentary');
        this.mark(channels.message);
        writer.rule(body);
        writer.give(part, base);
      }
    }
    if (this.continues != Continues.Nothing) return this.continues == Continues.Text ? free : body;
    base = writer.base;
    this.mark(channels.otherStart);
    writer.rule(part);
    return to.made(base);
  }

  private mark(mark: Literal): void {
    this.to.literal(mark);
  }

  /** The rule of an answer in parts that each begin with a line that has a name. */
  private namedParts(): u32 {
    const to = this.to;
    const writer = to.writer;
    const part = writer.newRule();
    for (let i = 0; i < this.tools.length; ++i) {
      const base = writer.base;
      to.text(`${this.tools[i].tool.name}\n`);
      writer.rule(this.tools[i].whole);
      writer.give(part, base);
    }
    const start = this.format.channels!.start;
    const root = writer.newRule();
    let base = writer.base;
    this.mark(start);
    writer.rule(part);
    const more = to.made(base);
    base = writer.base;
    writer.rule(part);
    if (this.isParallel) writer.repeated(more, 0, -1);
    if (this.tools.length > 0) writer.give(root, base);
    if (this.isRequired && this.continues != Continues.Nothing) return to.until(start, part, false, this.passed);
    if (this.isRequired) return root;
    const free = this.answer >= 0 ? <u32>this.answer : to.until(start, part, true, this.passed);
    if (this.continues != Continues.Nothing) return free;
    base = writer.base;
    to.text('all\n');
    writer.rule(free);
    writer.give(root, base);
    return root;
  }
}
