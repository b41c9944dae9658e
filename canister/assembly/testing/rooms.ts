/**
 * The rooms of llm/ that are tested by themselves, in one module: most of what they are made of is the same, and compiling it
 * once takes a fraction of the time. canister/test/part.ts is the other side.
 */
export * from './chat-format';
export * from './generation';
export * from './gguf';
export {
  give,
  grammar_allows,
  grammar_close,
  grammar_decode,
  grammar_dispose,
  grammar_encode,
  grammar_follow,
  grammar_forbid,
  grammar_nodes,
  grammar_open,
  grammar_open_schema,
  grammar_size,
  grammar_tokens,
  grammar_vocabulary,
  said_length,
  said_ptr,
  take,
  taken,
} from './grammar';
export * from './sampling';
export * from './template';
export * from './tokenizer';
