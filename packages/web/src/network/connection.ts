// The late chunk with the client and the agent: two thirds of the page, and not needed before there is something to
// ask.
export { connect, LlamaError, openLlama } from '@llama-canister/client';
export { browserKey } from '../identity/browser-key.js';
