// The late chunk: the client and the agent, two thirds of the page, which nothing needs before there is something to ask.
export { connect, openLlama } from '@llama-canister/client';
