import { quoted } from '../../json/quoted';
import { Probe } from './probe';

/** Names that templates have for a switch of thinking, the most common first. */
const SWITCHES: StaticArray<string> = ['enable_thinking', 'thinking'];

/** Which arguments of its template tell a model how to think. */
@final
export class ThinkingControls {
  /** Turns thinking on and off; empty if nothing does. */
  switch: string = '';
  /** Thinking is on if nothing is said. */
  isOn: bool = true;
  /** `reasoning_effort`: "low", "medium" or "high". */
  hasEffort: bool = false;
  /** `thinking_budget`: a number of tokens that the model is told of. */
  hasBudget: bool = false;

  /**
   * Members of the template's variables, each with a comma in front. What the template does not know is left out.
   *
   * @param on      1 with thinking, 0 without, -1: as the template has it
   * @param effort  empty: as the template has it
   * @param budget  tokens; negative: as the template has it
   */
  variables(on: i32, effort: string, budget: i64): string {
    let text = '';
    if (on >= 0 && this.switch.length > 0) text += `,"${this.switch}":${on > 0 ? 'true' : 'false'}`;
    if (effort.length > 0 && this.hasEffort) text += `,"reasoning_effort":${quoted(effort)}`;
    if (budget >= 0 && this.hasBudget) text += `,"thinking_budget":${budget}`;
    return text;
  }
}

/** Finds the arguments that change what a template writes. */
export function findControls(probe: Probe, source: string): ThinkingControls {
  const controls = new ThinkingControls();
  for (let i = 0; i < SWITCHES.length && controls.switch.length == 0; ++i) {
    if (!source.includes(SWITCHES[i])) continue;
    const on = probe.whole(`,"${SWITCHES[i]}":true`);
    const off = probe.whole(`,"${SWITCHES[i]}":false`);
    if (on == off || on.length == 0 || off.length == 0) continue;
    controls.switch = SWITCHES[i];
    controls.isOn = probe.whole('') != off;
  }
  if (source.includes('reasoning_effort')) {
    const low = probe.whole(',"reasoning_effort":"low"');
    controls.hasEffort = low.length > 0 && low != probe.whole(',"reasoning_effort":"high"');
  }
  if (source.includes('thinking_budget')) {
    controls.hasBudget = probe.whole(',"thinking_budget":512') != probe.whole(',"thinking_budget":1024');
  }
  return controls;
}
