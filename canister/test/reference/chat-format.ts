/** Splits a whole answer in the format of Hermes and Qwen, written plainly. */

interface Answer {
  text: string;
  thinking: string;
  /** The name and the arguments as the answer has them. */
  calls: [string, string][];
}

/** A call right at the beginning of a text: its name, its arguments, and the text after it. */
function callAt(text: string, names: readonly string[]): [string, string, string] | undefined {
  const begin = /^<tool_call>\s*/.exec(text);
  if (begin === null) return undefined;
  const rest = text.slice(begin[0].length);
  for (let end = rest.indexOf('}'); end >= 0; end = rest.indexOf('}', end + 1)) {
    const written = rest.slice(0, end + 1);
    let value: { name?: unknown; arguments?: unknown };
    try {
      value = JSON.parse(written) as typeof value;
    } catch {
      continue;
    }
    const behind = /^\s*<\/tool_call>/.exec(rest.slice(end + 1));
    if (behind === null || !names.includes(String(value.name))) return undefined;
    const given = /"arguments":\s*(\{.*?\})(, "name"|\}$)/s.exec(written);
    return [String(value.name), given?.[1] ?? '{}', rest.slice(end + 1 + behind[0].length)];
  }
  return undefined;
}

export function splitHermes(text: string, names: readonly string[]): Answer {
  const answer: Answer = { text: '', thinking: '', calls: [] };
  let rest = text;
  let skips = false;
  for (;;) {
    if (skips) rest = rest.trimStart();
    const mark = /<tool_call>|<think>|<\/think>/.exec(rest);
    if (mark === null) break;
    const before = rest.slice(0, mark.index);
    const behind = rest.slice(mark.index + mark[0].length);
    if (mark[0] === '<tool_call>') {
      const call = callAt(rest.slice(mark.index), names);
      if (call === undefined) {
        answer.text += before + mark[0];
        rest = behind;
        skips = false;
      } else {
        answer.text += before.trimEnd();
        answer.calls.push([call[0], call[1]]);
        rest = call[2];
        skips = true;
      }
      continue;
    }
    answer.text += before.trimEnd();
    skips = true;
    rest = behind;
    if (mark[0] === '</think>') continue;
    const end = rest.indexOf('</think>');
    answer.thinking += (end < 0 ? rest : rest.slice(0, end)).trim();
    rest = end < 0 ? '' : rest.slice(end + '</think>'.length);
  }
  answer.text += rest;
  return answer;
}
