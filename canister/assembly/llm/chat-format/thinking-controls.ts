import { quoted } from '../../json/quoted';
import { Probe } from './probe';

/** Names that templates have for a switch of thinking, the most common first. */
const SWITCHES: StaticArray<string> = ['enable_thinking', 'thinking'];

/** The template arguments that control a model's thinking. */
@final
export class ThinkingControls {
  /** Name of the argument that turns thinking on and off; empty if there is none. */
  switch: string = '';
  /** Thinking is on by default. */
  isOn: bool = true;
  /** `reasoning_effort`: "low", "medium" or "high". */
  hasEffort: bool = false;
  /** `thinking_budget`: a number of tokens that the model is told. */
  hasBudget: bool = false;

  /**
   * Members of the template's variables, each after a comma. Arguments that the template does not know are left out.
   *
   * @param on      1 with thinking, 0 without, -1: the template's default
   * @param effort  empty: the template's default
   * @param budget  tokens; negative: the template's default
   */
  variables(on: i32, effort: string, budget: i64): string {
    let text = '';
    if (on >= 0 && this.switch.length > 0) text += `,"${this.switch}":${on > 0 ? 'true' : 'false'}`;
    if (effort.length > 0 && this.hasEffort) text += `,"reasoning_effort":${quoted(effort)}`;
    if (budget >= 0 && this.hasBudget) text += `,"thinking_budget":${budget}`;
    return text;
  }
}

/** Finds the arguments that change a template's output. */
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
