/** v0_chat and v1_chat: check a request and start its generation; chat-call.ts replies. */
import { ChatMessage, LlmRequest, LlmRequestV0, LlmTool } from '../../ic/candid/service.generated';
import { Text } from '../../ic/candid/values';
import { caller, deadline, reject } from '../../ic/message';
import { ToolSet } from '../../llm/chat-format/tools';
import { Problem } from '../../problem';
import { whyHalted } from '../generations/driving';
import { JobInput } from '../generations/job-input';
import { readMessages } from '../generations/reading-input';
import { startJob } from '../generations/starting';
import { ThinkingVariables } from '../generations/thinking';
import { ChatCall } from './chat-call';
import { messagesOfV0, messagesOfV1 } from './messages';
import { getLlmSettings, whyNoModel } from './settings';
import { addTools } from './tools';

const NO_TEXT = new Text(0, 0);

/** The seed if sampling is not greedy: the same call has the same answer. */
const SEED: u32 = 0;

export function v0Chat(request: LlmRequestV0): void {
  const problem = start(request.model, messagesOfV0(request.messages), null, true);
  if (problem !== null) reject(problem.of('v0_chat').text);
}

export function v1Chat(request: LlmRequest): void {
  const tools = request.tools;
  const problem = start(request.model, messagesOfV1(request.messages), tools, false);
  if (problem !== null) reject(problem.of('v1_chat').text);
}

/** Starts an answer, which is given in this message or a later one. Null, or why not. */
function start(model: Text, messages: ChatMessage[], given: LlmTool[] | null, isV0: bool): Problem | null {
  const settings = getLlmSettings();
  const halted = whyHalted();
  if (halted !== null) return halted;
  const unnamed = whyNoModel(settings, model);
  if (unnamed !== null) return unnamed;
  const input = new JobInput(caller());
  if (given !== null && given.length > 0) {
    const set = new ToolSet();
    const unfit = addTools(given, set);
    if (unfit !== null) return unfit;
    input.request.tools = Text.of(set.json);
  }
  input.request.sampling = settings.sampling;
  input.maxTokens = <i32>min<u32>(settings.max_tokens, i32.MAX_VALUE);
  input.isAwaited = true;
  input.hasSeed = true;
  input.seed = SEED;
  const unread = readMessages(messages, NO_TEXT, new ThinkingVariables(), input);
  if (unread !== null) return unread;
  const started = startJob(input);
  const job = started.value;
  if (job === null) return started.problem;
  new ChatCall(job, isV0, deadline()).goOn();
  return null;
}
