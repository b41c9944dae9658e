import type { IDL } from '@icp-sdk/core/candid';

/** See interface.mjs. */
export function importDeclarations(file: string): Promise<{
  service: IDL.ServiceClass;
  types: Record<string, IDL.Type>;
}>;

export function readInterface(file: string): Promise<{
  text: string;
  methods: { name: string; mode: 'update' | 'query' | 'composite_query'; parameters: object[]; results: object[] }[];
}>;
