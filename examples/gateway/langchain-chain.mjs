// A chain of LangChain: a prompt with a gap, the model in the canister, and its text.
import { StringOutputParser } from '@langchain/core/output_parsers';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { ChatOpenAI } from '@langchain/openai';

const model = new ChatOpenAI({
  model: process.env.MODEL,
  apiKey: process.env.OPENAI_API_KEY ?? 'none',
  configuration: { baseURL: process.env.OPENAI_BASE_URL },
  temperature: 0,
  maxTokens: 60,
});
const prompt = ChatPromptTemplate.fromMessages([['user', 'What is {thing}?']]);
const chain = prompt.pipe(model).pipe(new StringOutputParser());

for await (const piece of await chain.stream({ thing: 'a canister' })) process.stdout.write(piece);
console.log();
