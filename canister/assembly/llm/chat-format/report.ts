import { quoted } from '../../json/quoted';
import { CallForm, Calls, IdPlace } from './call-form';
import { ChatFormat } from './chat-format';
import { shownLiteral } from './literal';

/** A format in words, as a JSON object of texts by name, for inspecting a model. */
export function formatJson(format: ChatFormat): string {
  const parts: string[] = [];
  const channels = format.channels;
  if (channels !== null) parts.push(`"parts":${quoted(channels.hasBareNames ? 'names in lines' : 'heads')}`);
  if (format.thinking.isKnown) {
    parts.push(`"thinking":${quoted(`${format.thinking.start.text} ... ${format.thinking.end.text}`)}`);
  }
  const controls = format.controls;
  const named: string[] = [];
  if (controls.switch.length > 0) named.push(`${controls.switch} (${controls.isOn ? 'on' : 'off'})`);
  if (controls.hasEffort) named.push('reasoning_effort');
  if (controls.hasBudget) named.push('thinking_budget');
  if (named.length > 0) parts.push(`"controls":${quoted(named.join(', '))}`);
  const form = format.calls;
  if (form.kind != Calls.None && channels === null)
    parts.push(`"calls":${quoted(form.isGeneric ? 'generic' : callText(form))}`);
  if (format.wrappers.length > 0) {
    const texts: string[] = [];
    for (let i = 0; i < format.wrappers.length; ++i) texts.push(format.wrappers[i].text);
    parts.push(`"answer":${quoted(texts.join(' '))}`);
  }
  return `{${parts.join(',')}}`;
}

/** A call of a function F with an argument KEY; in brackets, the text after the first call. */
function callText(form: CallForm): string {
  let call = shownLiteral(form.start);
  if (form.kind == Calls.Object) {
    call += form.pattern.replaceAll('"\x04"', 'F').replaceAll('\x05', '{}').replaceAll('"\x06"', 'ID');
  } else {
    const first = shownLiteral(form.first);
    const second = shownLiteral(form.second);
    if (form.idPlace == IdPlace.BeforeName) call += `ID${first}F${second}`;
    else call += `F${first}${form.idPlace == IdPlace.BehindName ? `ID${second}` : ''}`;
    if (form.kind == Calls.Named) call += '{}';
    else if (form.kind == Calls.Keyword)
      call += `KEY${shownLiteral(form.middle)}VALUE${shownLiteral(form.valueEnd)}...`;
    else call += `(${shownLiteral(form.argument)}KEY${shownLiteral(form.middle)}VALUE${shownLiteral(form.valueEnd)})`;
  }
  call += shownLiteral(form.end);
  const other = form.otherStart.isEmpty ? '' : ` or ${shownLiteral(form.otherStart)}`;
  if (form.isSingle) return `${call}${other}, one`;
  return `${shownLiteral(form.section)}${call}[${shownLiteral(form.separator)}...]${shownLiteral(form.sectionEnd)}${other}`;
}
