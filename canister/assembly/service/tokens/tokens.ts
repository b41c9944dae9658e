/** Texts as tokens and tokens as text, as the model that is loaded has them. */
import { DetokenizeInput, TextResult, TokenizeInput, TokensResult } from '../../ic/candid/service.generated';
import { Text } from '../../ic/candid/values';
import { Code } from '../../problem';
import { engine } from '../engine/loaded';
import { MessageBudget, callLimit } from '../limits/instruction-budget';
import { whyNoModel } from '../models/model-missing';
import { apiError, because } from '../replies/replies';

/** Bytes of a text that is made of them: a reply of a query has no room for more. */
const MOST_TEXT: u32 = 2_000_000;

const budget = new MessageBudget();

export function tokenize(input: TokenizeInput): TokensResult {
  const why = whyNoModel();
  if (why !== null) return TokensResult.Err(apiError(why));
  const addSpecial = input.add_special;
  const parseSpecial = input.parse_special;
  budget.begin(callLimit(true));
  const made = engine.tokensOf(
    input.text,
    addSpecial !== null && addSpecial.value,
    parseSpecial === null || parseSpecial.value,
    budget,
  );
  const tokens = made.value;
  if (tokens === null) return TokensResult.Err(because(`tokenize: ${made.problem!.text}`));
  const list = new Array<u32>(tokens.count);
  for (let i = 0; i < tokens.count; ++i) unchecked((list[i] = load<u32>(tokens.ptr + ((<usize>i) << 2))));
  return TokensResult.Ok(list);
}

export function detokenize(input: DetokenizeInput): TextResult {
  const why = whyNoModel();
  if (why !== null) return TextResult.Err(apiError(why));
  const tokens = input.tokens;
  const count = tokens.length;
  for (let i = 0; i < count; ++i) {
    if (tokens[i] < <u32>engine.facts.vocabulary) continue;
    return TextResult.Err(
      because(`detokenize: token ${tokens[i]} is none of the model's, which has ${engine.facts.vocabulary}`),
    );
  }
  const text = engine.textOf(tokens.dataStart, count, MOST_TEXT);
  const span = text.value;
  if (span === null) return TextResult.Err(because(`detokenize: ${text.problem!.text}`));
  return TextResult.Ok(new Text(span.ptr, span.size));
}
