/** Checks a caller's request: tokenizes its prompt, and compiles it once. */
import {
  ChatMessage,
  GenerationInput,
  GenerationPromptTag,
  GenerationSeedTag,
  InputRecord,
  ResponseFormat,
  ResponseFormatTag,
  ToolChoice,
  ToolChoiceTag,
} from '../../ic/candid/service.generated';
import { Text } from '../../ic/candid/values';
import { Choice } from '../../llm/chat-format/chat-constraint';
import { MOST_ALTERNATIVES } from '../../llm/generation/probabilities';
import { AnswerRequest } from '../../llm/generation/answer-request';
import { Continues } from '../../llm/template/continues';
import { Extent } from '../../memory/extent';
import { Code, Problem, Result } from '../../problem';
import { GENERATIONS_RESERVE } from '../../prices';
import { stat } from '../../storage/file-system';
import { sessionPath } from '../access/session-path';
import { messageTokenCount, messageTokens, tokenizeMessages } from '../chat/chat-prompt';
import { continued, whyNotContinued } from '../chat/continued';
import { withInstructions } from '../chat/instructions';
import { engine } from '../engine/loaded';
import { Arguments } from '../flags/arguments';
import { MessageBudget, callLimit } from '../limits/instruction-budget';
import { whyNoRoom } from '../quotas/quotas';
import { askedAnswer } from './asked-answer';
import { JobInput } from './job-input';
import { whyNoModel } from '../models/model-missing';
import { GRAMMAR, JobRequest, SCHEMA } from './request';
import { ThinkingVariables } from './thinking';

const MOST_STOPS: i32 = 64;
const MOST_STOP: u32 = 1024;
const NO_TEXT = new Text(0, 0);

const budget = new MessageBudget();
/** The tokens of a prompt, until the job has stored them. */
const space = new Extent();

/** Checks a request and fills in a job's input. */
export function readInput(input: GenerationInput, into: JobInput): Problem | null {
  const unready = whyNoModel();
  if (unready !== null) return unready;
  const request = into.request;
  const name = input.session;
  if (name !== null) {
    const own = sessionPath(name);
    const path = own.value;
    if (path === null) return own.problem!.of('session');
    const entry = stat(path);
    const full = entry === null ? whyNoRoom(-1, 1) : whyNoRoom(<i64>entry.size, entry.size);
    if (full !== null) return full;
    request.session = Text.of(path);
    if (entry !== null) into.sessionTokens = entry.size >> 2;
  }
  const most = input.max_tokens;
  if (most !== null) into.maxTokens = <i32>min<u32>(most.value, i32.MAX_VALUE);
  const seed = input.seed;
  into.isBeacon = seed !== null && seed.tag == GenerationSeedTag.beacon;
  if (seed !== null && seed.tag == GenerationSeedTag.number) {
    into.hasSeed = true;
    into.seed = seed.number;
  }
  const flags = input.sampling;
  if (flags !== null) request.sampling = flags;
  const response = input.response_format;
  if (response !== null) takeFormat(response, request);
  const stop = input.stop;
  if (stop !== null) request.stop = stop;
  const unstopped = whyNotStopped(request.stop);
  if (unstopped !== null) return unstopped;
  const likely = input.logprobs;
  if (likely !== null && likely.value > <u32>MOST_ALTERNATIVES) {
    return new Problem(`logprobs: at most ${MOST_ALTERNATIVES} alternatives of a token are told, not ${likely.value}`);
  }
  if (likely !== null) request.alternatives = likely.value;
  takeTools(input, request);
  if (input.prompt.tag == GenerationPromptTag.text) return readText(input, into);
  const thinking = new ThinkingVariables();
  const asked = input.thinking;
  if (asked !== null) {
    const read = engine.chatFormat();
    const format = read.value;
    if (format === null) return read.problem;
    const unthought = thinking.take(asked, format);
    if (unthought !== null) return unthought;
  }
  request.mostThoughts = thinking.most;
  const given = input.template_arguments;
  let messages = input.prompt.messages;
  const goesOn = input.continue_final_message;
  if (goesOn !== null && goesOn.value) {
    const final = whyNotContinued(messages);
    if (final !== null) return final;
    request.continues = continued(messages);
    if (request.continues == Continues.Thoughts) {
      const read = engine.chatFormat();
      const format = read.value;
      if (format === null) return read.problem;
      if (!format.thinks) {
        return new Problem('continue_final_message: by its chat template the model has no thoughts to go on with');
      }
    }
    // An answer of which there is nothing yet begins as any other.
    if (messages.length > 0 && request.continues == Continues.Nothing)
      messages = messages.slice(0, messages.length - 1);
  }
  return readMessages(messages, given === null ? NO_TEXT : given, thinking, into);
}

/** Sets the format of the answer. */
function takeFormat(format: ResponseFormat, into: JobRequest): void {
  if (format.tag == ResponseFormatTag.text) return;
  into.format = format.tag == ResponseFormatTag.gbnf ? GRAMMAR : SCHEMA;
  if (format.tag == ResponseFormatTag.gbnf) into.constraint = format.gbnf;
  else into.constraint = format.tag == ResponseFormatTag.json ? Text.of('{"type":"object"}') : format.json_schema;
}

function whyNotStopped(stops: Text[]): Problem | null {
  if (stops.length > MOST_STOPS) return new Problem(`stop: there are more than ${MOST_STOPS}`);
  for (let i = 0; i < stops.length; ++i) {
    if (stops[i].size == 0 || stops[i].size > MOST_STOP) return new Problem(`stop: a text has 1 to ${MOST_STOP} bytes`);
  }
  return null;
}

/** Sets the tools, and the choice among them. */
function takeTools(input: GenerationInput, into: JobRequest): void {
  const tools = input.tools;
  if (tools !== null) into.tools = tools;
  const isParallel = input.parallel_tool_calls;
  if (isParallel !== null) into.isParallel = isParallel.value;
  const choice: ToolChoice | null = input.tool_choice;
  if (choice === null) return;
  if (choice.tag == ToolChoiceTag.none) into.choice = Choice.None;
  if (choice.tag == ToolChoiceTag.required || choice.tag == ToolChoiceTag.function_) into.choice = Choice.Required;
  if (choice.tag == ToolChoiceTag.function_) into.tool = choice.function_;
}

/** The budget for tokenizing a prompt. */
export function beginReading(): MessageBudget {
  const whole = callLimit(false);
  budget.begin(whole > GENERATIONS_RESERVE ? whole - GENERATIONS_RESERVE : 0);
  return budget;
}

/**
 * Tokenizes messages, as a prompt that shows the tools; `given` are variables of the chat template, a JSON object, or
 * empty.
 */
export function readMessages(
  messages: ChatMessage[],
  given: Text,
  thinking: ThinkingVariables,
  into: JobInput,
): Problem | null {
  beginReading();
  const request = into.request;
  request.isChat = true;
  const asked = askFor(request);
  const answer = asked.value;
  if (answer === null) return asked.problem;
  let told = messages;
  let variables = thinking.members;
  // Tools that must not be called are not shown.
  if (answer.calls) {
    const read = engine.chatFormat();
    const format = read.value;
    if (format === null) return read.problem;
    told = withInstructions(messages, format, answer.tools);
    if (told == messages) variables = `,"tools":${answer.tools.json}${variables}`;
  }
  const problem = tokenizeMessages(told, given, variables, budget, request.continues);
  if (problem !== null) return problem;
  return keep(messageTokens, messageTokenCount, answer, into);
}

/** Tokenizes a prompt given as text, which has neither tools nor thoughts. */
function readText(input: GenerationInput, into: JobInput): Problem | null {
  const request = into.request;
  if (request.tools.size > 0 || request.choice == Choice.Required) {
    return new Problem('tools: a prompt that is a text shows the model none; send messages');
  }
  if (input.template_arguments !== null) {
    return new Problem('template_arguments: a prompt that is a text goes through no chat template; send messages');
  }
  if (input.thinking !== null) {
    return new Problem('thinking: of a prompt that is a text it is not known what thoughts are; send messages');
  }
  const goesOn = input.continue_final_message;
  if (goesOn !== null && goesOn.value) {
    return new Problem('continue_final_message: a prompt that is a text is continued anyway; leave it out');
  }
  beginReading();
  const asked = askFor(request);
  const answer = asked.value;
  if (answer === null) return asked.problem;
  const text = input.prompt.text;
  if (text.size == 0 && request.session.size > 0) return keep(0, 0, answer, into);
  const tokenized = engine.tokenize(text, budget);
  const tokens = tokenized.value;
  if (tokens === null) return tokenized.problem;
  if (tokens.count == 0) return new Problem('the prompt is empty, and there is no session to go on from');
  return keep(tokens.ptr, tokens.count, answer, into);
}

/** The request to the engine. */
function askFor(request: JobRequest): Result<AnswerRequest> {
  const input = new InputRecord();
  input.args = request.sampling;
  const args = new Arguments(input, true);
  const wrong = args.problem;
  if (wrong !== null) return Result.fail<AnswerRequest>(wrong.of('sampling'));
  return askedAnswer(args, request, 0);
}

/** Keeps the tokens of a prompt, i32 * count, and checks that the requested answer can be generated after them. */
function keep(tokens: usize, count: i32, answer: AnswerRequest, into: JobInput): Problem | null {
  // Compiling a request tokenizes texts, too.
  if (!space.reserve(max<usize>((<usize>count) << 2, 1))) {
    return new Problem('the heap is full: there is no room for the tokens of the prompt', Code.HEAP_FULL);
  }
  memory.copy(space.ptr, tokens, (<usize>count) << 2);
  into.tokensAt = space.ptr;
  into.tokens = count;
  const made = engine.prepareAnswer(answer, space.ptr, count);
  const prepared = made.value;
  if (prepared === null) return made.problem;
  prepared.dispose();
  return null;
}
