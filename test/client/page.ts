/**
 * A page's program: asks the canister, and then again as if it had only older methods, for which the client loads
 * another chunk.
 */
import { Ed25519KeyIdentity } from '@icp-sdk/core/identity';
import { connect, LlamaClient, openCanister, openLlama } from '@llama-canister/client';

export async function ask(host: string, id: string): Promise<string[]> {
  const agent = await connect({ host, identity: Ed25519KeyIdentity.generate() });
  const messages = [{ role: 'user', content: 'What is a canister?' }];
  const options = { sampling: ['--temp', '0'], maxTokens: 8 };
  const { text } = await openLlama(agent, id).chat(messages, options).result();
  const canister = openCanister(agent, id);
  const call = canister.call.bind(canister);
  const older: typeof canister.call = (method, ...rest) =>
    method === 'generation_start' ? call('no_such_method' as typeof method, ...rest) : call(method, ...rest);
  const fallback = new LlamaClient(Object.assign(canister, { call: older })).chat(messages, options);
  return [text, (await fallback.result()).text];
}
