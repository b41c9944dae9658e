// A loop with two tools: the model says which to call, this program calls it, until there is an answer.
import OpenAI from 'openai';

const openai = new OpenAI({ baseURL: process.env.OPENAI_BASE_URL, apiKey: process.env.OPENAI_API_KEY ?? 'none' });
const [model] = (await openai.models.list()).data;

const functions = {
  add: ({ a, b }) => a + b,
  time: () => '12:00',
};
const number = { type: 'integer', minimum: 0, maximum: 99 };
const object = { type: 'object', additionalProperties: false };
const tools = [
  {
    name: 'add',
    description: 'Adds two numbers',
    parameters: { ...object, properties: { a: number, b: number }, required: ['a', 'b'] },
  },
  { name: 'time', description: 'Tells the time', parameters: { ...object, properties: {} } },
].map((each) => ({ type: 'function', function: each }));

const messages = [{ role: 'user', content: 'What is two and two?' }];
const MOST_STEPS = 4;
for (let step = 0; step < MOST_STEPS; step++) {
  const { choices } = await openai.chat.completions.create({
    model: model.id,
    messages,
    tools,
    // The first step has to call one, so that there is something to see with a small model, too.
    tool_choice: step === 0 ? 'required' : step === MOST_STEPS - 1 ? 'none' : 'auto',
    temperature: 0,
    max_tokens: 200,
  });
  const [{ message }] = choices;
  messages.push(message);
  if (!message.tool_calls) {
    console.log(message.content);
    break;
  }
  for (const { id, function: called } of message.tool_calls) {
    const result = functions[called.name](JSON.parse(called.arguments));
    console.log(`${called.name}(${called.arguments}) = ${result}`);
    messages.push({ role: 'tool', tool_call_id: id, content: String(result) });
  }
}
