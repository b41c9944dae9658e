import { expect, it } from 'vitest';
import { QWEN2_0_5B, randomModel } from '../../test/gguf/random-model.js';
import { ggufPieces } from '../../test/gguf/writer.js';
import { Llama, type Output } from './llama.js';

const million = (instructions: number) => Number((instructions / 1e6).toFixed(2));
const PROMPT = 'Tell me a story about a canister that learned to speak, and what its neighbours said. ';

/** What whole calls of the canister come to on Qwen2.5-0.5B's shape in Q8_0, the file that is published (0.68 GB). */
it.each([
  ['with its own output matrix', false],
  ['tied', true],
])('tokens of a call, Qwen2.5-0.5B %s', async (_, tied) => {
  const llama = await Llama.install();
  const { metadata, tensors } = randomModel({ ...QWEN2_0_5B, tied });
  llama.load('models/m.gguf', ggufPieces(metadata, tensors), '--ctx-size', '8192');
  const report: Record<string, unknown> = { load: million(llama.spent.instructions) };
  const run = (...args: string[]): Output => llama.run(['--prompt-cache', 'c', '--ignore-eos', ...args]);
  const generate = () => Number(run('--temp', '0', '-p', '').n_tokens_generated[0]);

  const prompt = PROMPT.repeat(2);
  const first = run('-n', '1', '-p', prompt);
  report.prompt = { tokens: Number(first.n_prompt_tokens[0]), instructions: million(llama.spent.instructions) };
  run('-n', '0', '-p', prompt);
  report.resend = million(llama.spent.instructions);
  report.tokensPerCall = generate();
  report.callInstructions = million(llama.spent.instructions);
  expect(llama.spent.instructions).toBeLessThan(40e9);
  expect(report.tokensPerCall).toBeGreaterThanOrEqual(95);
  report.tokensOfTheNextCall = generate();
  run('-n', '1', '--temp', '0', '-p', '');
  run('-n', '1', '--temp', '0', '-p', '');
  report.callThatOnlyReports = million(llama.spent.instructions);
  const query = llama.ok('run_query', ['--prompt', 'Hello', '--temp', '0', '--ignore-eos']);
  report.tokensPerQuery = Number(query.n_tokens_generated[0]);
  report.queryInstructions = million(llama.spent.instructions);
  expect(llama.spent.instructions).toBeLessThan(5e9);
  const warm = llama.ok('run_query', ['--prompt-cache', 'c', '--prompt', '', '--temp', '0', '--ignore-eos']);
  report.tokensPerQueryOfASession = Number(warm.n_tokens_generated[0]);

  // A long prompt, ingested over as many calls as it takes.
  const long = PROMPT.repeat(60);
  const calls: [number, number][] = [];
  let reply: Output;
  do {
    reply = llama.run(['--prompt-cache', 'long', '-n', '1', '--temp', '0', '--ignore-eos', '-p', long]);
    calls.push([Number(reply.n_prompt_tokens_decoded[0]), million(llama.spent.instructions)]);
    expect(llama.spent.instructions).toBeLessThan(40e9);
  } while (reply.prompt_remaining !== '');
  report.longPrompt = { bytes: long.length, tokens: Number(reply.n_prompt_tokens[0]), calls };
  llama.run(['--prompt-cache', 'long', '-n', '0', '-p', long]);
  report.resendLong = million(llama.spent.instructions);
  report.tokensPerCallThere = Number(
    llama.run(['--prompt-cache', 'long', '--temp', '0', '--ignore-eos', '-p', '']).n_tokens_generated[0],
  );
  report.heap = llama.canister.memory.heap;
  console.log(JSON.stringify(report, null, 1));
});
