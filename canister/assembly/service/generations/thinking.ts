/** Makes a model think as its caller wants: by variables of its chat template, and by a limit. */
import { ThinkingInput } from '../../ic/candid/service.generated';
import { ChatFormat } from '../../llm/chat-format/chat-format';
import { Code, Problem } from '../../problem';
import { engine } from '../engine/loaded';
import { Job } from './job';
import { JobRequest } from './request';


@final
export class ThinkingVariables {
  /** Variables of the template, each with a comma in front. */
  members: string = '';
  /** The most tokens of thoughts; negative: no limit. */
  most: i64 = -1;

  /**
   * Applies the request. Null, or why it is refused.
   *
   * @param format of the loaded model
   */
  take(asked: ThinkingInput, format: ChatFormat): Problem | null {
    const controls = format.controls;
    const enabled = asked.enabled;
    const effort = asked.effort;
    const most = asked.max_tokens;
    const named = effort === null ? '' : effort.toString();
    if (enabled !== null && enabled.value && !format.thinks && controls.switch.length == 0) {
      return new Problem('thinking: enabled: by its chat template the model does not think');
    }
    if (effort !== null && !controls.hasEffort) {
      return new Problem('thinking: effort: the chat template of the model knows none; leave it out');
    }
    const isOn = enabled === null ? -1 : i32(enabled.value);
    if (most !== null) this.most = most.value;
    // If the template cannot turn thinking off, thoughts are ended where they begin.
    if (isOn == 0) this.most = 0;
    this.members = controls.variables(isOn, named, this.most);
    return null;
  }
}

/** Why a job cannot have thoughts to end; null if it may have some. */
export function whyNoThoughts(job: Job): Problem | null {
  if (job.isDecision) return new Problem('nothing is thought in a decision');
  const request = JobRequest.read(job.file, job.requestSize);
  if (request === null) {
    return new Problem('the heap is full: there is no room to read what was asked for', Code.HEAP_FULL);
  }
  const isChat = request.isChat;
  request.dispose();
  if (!isChat) return new Problem('its prompt is a text, of which it is not known what thoughts are');
  const format = engine.isReady ? engine.chatFormat().value : null;
  if (format === null || format.thinks) return null;
  return new Problem('by its chat template the model does not think');
}
