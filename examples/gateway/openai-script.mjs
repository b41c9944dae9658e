// OpenAI's own client, to which only the address is told: an answer as a stream, then an object that fits a schema.
import OpenAI from 'openai';

const openai = new OpenAI({ baseURL: process.env.OPENAI_BASE_URL, apiKey: process.env.OPENAI_API_KEY ?? 'none' });
const [model] = (await openai.models.list()).data;

const stream = await openai.chat.completions.create({
  model: model.id,
  messages: [{ role: 'user', content: 'What is a canister?' }],
  temperature: 0,
  max_tokens: 60,
  stream: true,
  stream_options: { include_usage: true },
});
for await (const { choices, usage } of stream) {
  process.stdout.write(choices[0]?.delta.content ?? '');
  // What the canister paid for the instructions, beside what OpenAI tells.
  if (usage) console.log(`\n${usage.completion_tokens} tokens, ${usage.cost.cycles} cycles`);
}

const { choices } = await openai.chat.completions.create({
  model: model.id,
  messages: [{ role: 'user', content: 'Is a canister a program? Answer in JSON.' }],
  temperature: 0,
  response_format: {
    type: 'json_schema',
    json_schema: {
      name: 'answer',
      strict: true,
      schema: {
        type: 'object',
        properties: { yes: { type: 'boolean' } },
        required: ['yes'],
        additionalProperties: false,
      },
    },
  },
});
console.log(JSON.parse(choices[0].message.content));
