// A client of the Model Context Protocol: what an assistant does that may ask the canister's model, or have it decide.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const client = new Client({ name: 'example', version: '1.0.0' });
await client.connect(new StreamableHTTPClientTransport(new URL(process.env.MCP_URL ?? 'http://127.0.0.1:8080/mcp')));
const { tools } = await client.listTools();
console.log(tools.map(({ name }) => name).join(', '));

const asked = await client.callTool({
  name: 'ask',
  arguments: { prompt: 'What is a canister?', temperature: 0, max_tokens: 60 },
});
console.log(asked.content[0].text);

const decided = await client.callTool({
  name: 'decide',
  arguments: { state: asked.content[0].text, question: 'Is this about a program?' },
});
const { choice, probabilities } = decided.structuredContent;
console.log(choice, probabilities[choice] > 0.5);
await client.close();
