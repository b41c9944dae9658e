/**
 * A decision as it is written down, in the file of the job that it is, behind that one's header:
 *
 *     offset  bytes
 *          0      2   layout version, 1
 *          2      2   unused
 *          4      4   questions
 *          8      4   which is being answered; those before it are
 *         12      4   where in its labels that has got to: a label's number in their sorted order (llm/decision/labels.ts)
 *         16      4   and how many of its tokens are in front
 *         20      4   options of all questions
 *         24    8 n   the logarithm of how probable each option is, f64, of all questions in their order
 *                     and of each question:
 *                     [ kind: u32, 0 = a choice, 1 = a score, 2 = yes or no | first number of a score: i32
 *                       | tokens in common with the prompt of the question before: u32 | tokens of its own: u32
 *                       | options: u32 | of each [ bytes: u32 | UTF-8 ] ]
 */
import { Text } from '../../ic/candid/values';
import { Extent } from '../../memory/extent';
import { Problem } from '../../problem';
import { File } from '../../storage/file';
import { Question } from './questions';

const VERSION: u16 = 1;
const NOW: usize = 8;
const LABEL: usize = 12;
const DEPTH: usize = 16;
const OPTIONS: usize = 20;
const SCORES: usize = 24;


@final
export class DecisionRecord {
  readonly questions: Question[] = [];
  private readonly space: Extent = new Extent();
  private constructor(readonly size: u32) {}

  /** Makes one of questions; null if the heap has no room. */
  static of(questions: Question[]): DecisionRecord | null {
    let size = <u32>SCORES;
    for (let i = 0; i < questions.length; ++i) {
      const labels = questions[i].labels;
      size += 20;
      for (let k = 0; k < labels.length; ++k) size += 8 + 4 + labels[k].size;
    }
    const record = new DecisionRecord(size);
    if (!record.space.reserve(size)) return null;
    record.write(questions);
    return record;
  }

  private write(questions: Question[]): void {
    const ptr = this.space.ptr;
    let options: u32 = 0;
    for (let i = 0; i < questions.length; ++i) {
      options += questions[i].labels.length;
      this.questions.push(questions[i]);
    }
    memory.fill(ptr, 0, SCORES + ((<usize>options) << 3));
    store<u16>(ptr, VERSION);
    store<u32>(ptr, questions.length, 4);
    store<u32>(ptr, options, OPTIONS);
    let at = ptr + SCORES + ((<usize>options) << 3);
    for (let i = 0; i < questions.length; ++i) {
      const question = questions[i];
      const labels = question.labels;
      store<u32>(at, question.kind);
      store<i32>(at, question.least, 4);
      store<u32>(at, question.common, 8);
      store<u32>(at, question.rest, 12);
      store<u32>(at, labels.length, 16);
      at += 20;
      for (let k = 0; k < labels.length; ++k) {
        store<u32>(at, labels[k].size);
        memory.copy(at + 4, labels[k].ptr, labels[k].size);
        at += 4 + labels[k].size;
      }
    }
  }

  /** Reads one of `size` bytes at `from`; null if the heap has no room. */
  static read(file: File, from: u64, size: u32): DecisionRecord | null {
    const record = new DecisionRecord(size);
    if (!record.space.reserve(size)) return null;
    file.read(from, record.space.ptr, size);
    record.parse();
    return record;
  }

  private parse(): void {
    const ptr = this.space.ptr;
    const end = ptr + this.size;
    let at = ptr + SCORES + ((<usize>load<u32>(ptr, OPTIONS)) << 3);
    for (let i: u32 = 0; i < load<u32>(ptr, 4) && at + 20 <= end; ++i) {
      const labels: Text[] = [];
      const question = new Question(load<u32>(at), load<i32>(at, 4), labels);
      question.common = load<u32>(at, 8);
      question.rest = load<u32>(at, 12);
      const count = load<u32>(at, 16);
      at += 20;
      for (let k: u32 = 0; k < count && at + 4 <= end; ++k) {
        const size = min(load<u32>(at), <u32>(end - at - 4));
        labels.push(new Text(at + 4, size));
        at += 4 + size;
      }
      this.questions.push(question);
    }
  }

  /** Writes all of it to a file, from `at` on. */
  writeTo(file: File, at: u64): Problem | null {
    return file.write(at, this.space.ptr, this.size);
  }

  /** Writes down how far it is. */
  saveTo(file: File, at: u64): Problem | null {
    const options = load<u32>(this.space.ptr, OPTIONS);
    return file.write(at + NOW, this.space.ptr + NOW, SCORES - NOW + ((<u64>options) << 3));
  }

  /** The question that is being answered; all before it are answered. */
  get now(): i32 {
    return load<i32>(this.space.ptr, NOW);
  }

  get label(): i32 {
    return load<i32>(this.space.ptr, LABEL);
  }

  get depth(): i32 {
    return load<i32>(this.space.ptr, DEPTH);
  }

  /** Goes on to a place in the labels of the question. */
  moveTo(label: i32, depth: i32): void {
    store<i32>(this.space.ptr, label, LABEL);
    store<i32>(this.space.ptr, depth, DEPTH);
  }

  /** Goes on to the next question. */
  next(): void {
    store<i32>(this.space.ptr, this.now + 1, NOW);
    this.moveTo(0, 0);
  }

  get isDone(): bool {
    return this.now >= this.questions.length;
  }

  /** [ f64 ] * options of a question. */
  scoresOf(question: i32): usize {
    let at = this.space.ptr + SCORES;
    for (let i = 0; i < question; ++i) at += (<usize>this.questions[i].labels.length) << 3;
    return at;
  }

  /** Tokens of a question's prompt. */
  promptOf(question: i32): i32 {
    return this.questions[question].common + this.questions[question].rest;
  }

  dispose(): void {
    this.space.release();
  }
}
