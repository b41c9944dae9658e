export { createGateway, type Gateway, type GatewayOptions } from './app.js';
export type {
  Ask,
  Backend,
  Decision,
  DecisionAnswer,
  DecisionQuestion,
  Delta,
  Message,
  Model,
  ModelFacts,
  Tool,
  Usage,
} from './backend.js';
export { CanisterBackend, type CanisterBackendOptions } from './canister/canister-backend.js';
export { Fleet } from './fleet/fleet.js';
export type { LogLine } from './guards/guard.js';
export { type ApiKey, newKey, parseKeys } from './guards/keys.js';
export { checkPlaces, type Places } from './guards/places.js';
export { type StdioOptions, serveStdio } from './mcp/stdio.js';
export { Refusal, type RefusalKind } from './refusal.js';
export { type Listening, listen } from './server.js';
