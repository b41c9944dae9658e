/** Converts tools of the LLM canister's callers into those of a conversation. */
import { LlmParameters, LlmProperty, LlmTool } from '../../ic/candid/service.generated';
import { Text } from '../../ic/candid/values';
import { ToolSet } from '../../llm/chat-format/tools';
import { quoted } from '../../json/quoted';
import { Problem } from '../../problem';
import { isJson } from './messages';

export function addTools(given: LlmTool[], into: ToolSet): Problem | null {
  for (let i = 0; i < given.length; ++i) {
    const tool = given[i].function_!;
    const description = tool.description;
    const shown = description === null ? '' : description.toString();
    const problem = into.add(tool.name.toString(), shown, schemaOf(tool.parameters));
    if (problem !== null) return problem.of('tools');
  }
  return null;
}

/** Parameters as a JSON schema; empty if there are none. */
function schemaOf(parameters: LlmParameters | null): string {
  if (parameters === null) return '';
  const members: string[] = [`"type":${quoted(parameters.type.toString())}`];
  const properties = parameters.properties;
  const shown: string[] = [];
  for (let i = 0; properties !== null && i < properties.length; ++i) shown.push(property(properties[i]));
  members.push(`"properties":{${shown.join(',')}}`);
  const required = parameters.required;
  if (required !== null && required.length > 0) members.push(`"required":${list(required, true)}`);
  return `{${members.join(',')}}`;
}

function property(given: LlmProperty): string {
  const type = given.type.toString();
  const members: string[] = [];
  if (type.length > 0) members.push(`"type":${quoted(type)}`);
  const description = given.description;
  if (description !== null) members.push(`"description":${quoted(description.toString())}`);
  const values = given.enum_;
  if (values !== null) members.push(`"enum":${list(values, type == 'string')}`);
  return `${quoted(given.name.toString())}:{${members.join(',')}}`;
}

/** A JSON list of texts, either as strings or as the JSON that they are. */
function list(texts: Text[], areStrings: bool): string {
  const shown: string[] = [];
  for (let i = 0; i < texts.length; ++i) {
    const text = texts[i];
    shown.push(!areStrings && isJson(text) ? text.toString() : quoted(text.toString()));
  }
  return `[${shown.join(',')}]`;
}
