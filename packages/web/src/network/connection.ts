// The late chunk: the client and the agent, two thirds of the page, which nothing needs before there is something to ask.
export { connect, LlamaError, openLlama } from '@llama-canister/client';
export { browserKey } from '../identity/browser-key.js';
