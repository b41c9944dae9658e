// A bot without any package: lines come in, answers go out, and it knows what was said.
import { createInterface } from 'node:readline';

const url = process.env.OPENAI_BASE_URL ?? 'http://127.0.0.1:8080/v1';
const headers = { 'content-type': 'application/json', authorization: `Bearer ${process.env.OPENAI_API_KEY ?? 'none'}` };
const { data } = await (await fetch(`${url}/models`, { headers })).json();
const messages = [{ role: 'system', content: 'Answer in one sentence.' }];

for await (const line of createInterface({ input: process.stdin })) {
  messages.push({ role: 'user', content: line });
  const body = JSON.stringify({ model: data[0].id, messages, temperature: 0, max_tokens: 60 });
  const answer = await fetch(`${url}/chat/completions`, { method: 'POST', headers, body });
  const { choices, error } = await answer.json();
  if (error) throw new Error(error.message);
  messages.push(choices[0].message);
  console.log(choices[0].message.content);
}
