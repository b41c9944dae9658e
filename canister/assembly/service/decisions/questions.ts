/** The questions of a decision as callers send them: their options, and how each is put to the model. */
import { ChatMessage, DecisionKindTag, DecisionQuestion } from '../../ic/candid/service.generated';
import { Text } from '../../ic/candid/values';
import { RawBuffer } from '../../memory/raw-buffer';
import { Span } from '../../memory/span';
import { Code, Problem, Result } from '../../problem';

const CHOICE: u32 = 0;
export const SCORE: u32 = 1;
const YES_NO: u32 = 2;

const MOST_QUESTIONS: i32 = 32;
const MOST_OPTIONS: i32 = 256;
const USER: string = 'user';
const ALONE: string = ', and with nothing else';

/** A question with its options, and how its prompt follows from the previous one. */
@final
export class Question {
  /** Tokens that its prompt shares with that of the previous question, and further tokens of its own. */
  common: i32 = 0;
  rest: i32 = 0;

  constructor(
    readonly kind: u32,
    /** Of a score: the first number. */
    readonly least: i32,
    readonly labels: Text[],
  ) {}

  /** The labels in the engine's type. */
  get spans(): Span[] {
    const spans: Span[] = [];
    for (let i = 0; i < this.labels.length; ++i) spans.push(this.labels[i]);
    return spans;
  }
}

/** Why this number of questions is refused; null if it is not. */
export function whyNotAsked(questions: DecisionQuestion[]): Problem | null {
  if (questions.length == 0) return new Problem('questions: there are none');
  if (questions.length <= MOST_QUESTIONS) return null;
  return new Problem(
    `questions: there are ${questions.length}, and at most ${MOST_QUESTIONS} may be asked at once; ask the others in another call`,
  );
}

/** The question that is asked, with the labels of its options. */
export function questionOf(asked: DecisionQuestion): Result<Question> {
  const kind = asked.kind;
  if (kind.tag == DecisionKindTag.yes_no) {
    return Result.ok<Question>(new Question(YES_NO, 0, [Text.of('yes'), Text.of('no')]));
  }
  if (kind.tag == DecisionKindTag.choice) {
    const count = kind.choice.length;
    if (count < 2) return refused(`choice: it has ${count} labels, and a choice needs 2 at least`);
    if (count > MOST_OPTIONS) return refused(`choice: it has ${count} labels, and may have ${MOST_OPTIONS}`);
    return Result.ok<Question>(new Question(CHOICE, 0, kind.choice));
  }
  const range = kind.score!;
  const count = <i64>range.greatest - <i64>range.least + 1;
  if (count < 2)
    return refused(`score: ${range.greatest} is not above ${range.least}, so there is nothing to choose from`);
  if (count > MOST_OPTIONS) {
    return refused(
      `score: ${range.least} to ${range.greatest} are ${count} numbers, and there may be ${MOST_OPTIONS}; ask for a coarser one`,
    );
  }
  const labels: Text[] = [];
  for (let i = 0; i < <i32>count; ++i) labels.push(Text.of((range.least + i).toString()));
  return Result.ok<Question>(new Question(SCORE, range.least, labels));
}

function refused(why: string): Result<Question> {
  return Result.fail<Question>(new Problem(why));
}

/** Concatenates texts in a buffer of its own; the result is valid until the next one. */
class Composition {
  size: u32 = 0;
  isFull: bool = false;

  add(text: Text): void {
    if (this.isFull || text.size == 0) return;
    this.isFull = !buffer.reserve(this.size + text.size, this.size);
    if (this.isFull) return;
    memory.copy(buffer.ptr + this.size, text.ptr, text.size);
    this.size += text.size;
  }

  say(text: string): void {
    this.add(Text.of(text));
  }

  get result(): Result<Text> {
    if (!this.isFull) return Result.ok<Text>(new Text(buffer.ptr, this.size));
    return Result.fail<Text>(new Problem('the heap is full: there is no room for the question', Code.HEAP_FULL));
  }
}

const buffer = changetype<RawBuffer>(memory.data(16, 8));

/** Releases the buffer. */
export function endComposition(): void {
  buffer.dispose();
}

/** A prompt followed directly by a question; valid until the next one. */
export function textWith(prompt: Text, asked: DecisionQuestion): Result<Text> {
  const composition = new Composition();
  composition.add(prompt);
  composition.add(asked.text);
  return composition.result;
}

/**
 * Messages with a question and its options at the end of what the user says: in a message of its own, or appended to
 * the last one if that is a user's, since many templates want the roles to alternate. Valid until the next ones.
 */
export function messagesWith(
  messages: ChatMessage[],
  asked: DecisionQuestion,
  question: Question,
): Result<ChatMessage[]> {
  if (asked.text.size == 0) return Result.fail<ChatMessage[]>(new Problem('its text is empty'));
  const last = messages.length > 0 ? messages[messages.length - 1] : null;
  const goesOn = last !== null && isUser(last.role);
  const composition = new Composition();
  if (goesOn) {
    composition.add(last!.content);
    composition.say('\n\n');
  }
  composition.add(asked.text);
  sayOptions(composition, question);
  const content = composition.result;
  if (content.value === null) return Result.fail<ChatMessage[]>(content.problem!);
  const all = messages.slice(0, goesOn ? messages.length - 1 : messages.length);
  const message = new ChatMessage();
  message.role = Text.of(USER);
  message.content = content.value!;
  if (goesOn) message.name = last!.name;
  all.push(message);
  return Result.ok<ChatMessage[]>(all);
}

function sayOptions(to: Composition, question: Question): void {
  const labels = question.labels;
  if (question.kind == YES_NO) return to.say(`\n\nAnswer with yes or no${ALONE}.`);
  if (question.kind == SCORE) {
    const greatest = question.least + labels.length - 1;
    return to.say(`\n\nAnswer with a whole number from ${question.least} to ${greatest}${ALONE}.`);
  }
  to.say(`\n\nAnswer with one of these${ALONE}:`);
  for (let i = 0; i < labels.length; ++i) {
    to.say('\n- ');
    to.add(labels[i]);
  }
}

function isUser(role: Text): bool {
  return role.size == <u32>USER.length && role.toString() == USER;
}
