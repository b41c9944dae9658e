// The canister that is administered, and what the user may do there.
import type { HttpAgent } from '@icp-sdk/core/agent';
import type { LlamaClient } from '@llama-canister/client';
import type { Rights } from '../chat/rights.js';

export interface Administered {
  llama: LlamaClient;
  agent: HttpAgent;
  id: string;
  network: string;
  rights: Rights;
}

export const mayChange = ({ rights }: Administered): boolean => rights === 'administer' || rights === 'control';
export const mayControl = ({ rights }: Administered): boolean => rights === 'control';
