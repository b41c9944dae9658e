/** How a model is asked to think as its caller wants it: by variables of its chat template, and a limit. */
import { ThinkingInput } from '../../ic/candid/service.generated';
import { ChatFormat } from '../../llm/chat-format/chat-format';
import { Problem } from '../../problem';
import { engine } from '../engine/loaded';
import { Job } from './job';
import { JobRequest } from './request';


@final
export class ThinkingVariables {
  /** Members of the template's variables, each with a comma in front. */
  members: string = '';
  /** Tokens of thoughts; negative: as many as the model likes. */
  most: i64 = -1;
  /** Why it cannot be asked for; null if it can. */
  problem: Problem | null = null;

  /** @param format of the model that is loaded */
  take(asked: ThinkingInput, format: ChatFormat): void {
    const controls = format.controls;
    const enabled = asked.enabled;
    const effort = asked.effort;
    const most = asked.max_tokens;
    const named = effort === null ? '' : effort.toString();
    if (enabled !== null && enabled.value && !format.thinks && controls.switch.length == 0) {
      this.problem = new Problem('thinking: enabled: by its chat template the model does not think');
    }
    if (effort !== null && !controls.hasEffort) {
      this.problem = new Problem('thinking: effort: the chat template of the model knows none; leave it out');
    }
    const isOn = enabled === null ? -1 : i32(enabled.value);
    if (most !== null) this.most = most.value;
    // A model that its template does not keep from thinking has its thoughts ended where they begin.
    if (isOn == 0) this.most = 0;
    this.members = controls.variables(isOn, named, this.most);
  }
}

/** Why a job has no thoughts that could be ended; null if it may have some. */
export function whyNoThoughts(job: Job): Problem | null {
  if (job.isDecision) return new Problem('nothing is thought in a decision');
  const request = JobRequest.read(job.file, job.requestSize);
  if (request === null) return new Problem('the heap is full: there is no room to read what was asked for');
  const isChat = request.isChat;
  request.dispose();
  if (!isChat) return new Problem('its prompt is a text, of which it is not known what thoughts are');
  const format = engine.isReady ? engine.chatFormat : null;
  if (format === null || format.thinks) return null;
  return new Problem('by its chat template the model does not think');
}
