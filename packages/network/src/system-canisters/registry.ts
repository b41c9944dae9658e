/**
 * A stand-in for the registry, rwlgt-iiaaa-aaaaa-aaaaa-cai: it tells tools which subnet a canister is on (interface:
 * dfinity/ic, rs/registry/canister/canister/registry.did).
 */
import { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import type { NetworkState } from '../state/network-state.js';
import { isCanisterId } from '../state/network-state.js';
import { type BuiltInCanister, query } from './built-in.js';

const registryId = Principal.fromText('rwlgt-iiaaa-aaaaa-aaaaa-cai');

export function registry(state: NetworkState): BuiltInCanister {
  return {
    id: registryId,
    methods: {
      get_subnet_for_canister: query(
        [IDL.Record({ principal: IDL.Opt(IDL.Principal) })],
        [IDL.Variant({ Ok: IDL.Record({ subnet_id: IDL.Opt(IDL.Principal) }), Err: IDL.Text })],
        (_, { principal }: { principal: [] | [Principal] }) => {
          const [id] = principal;
          if (id === undefined) return { Err: 'No principal was given' };
          if (!isCanisterId(id)) return { Err: `Canister ${id.toText()} not assigned to any subnet` };
          return { Ok: { subnet_id: [Principal.fromUint8Array(state.keys.subnetId)] } };
        },
      ),
    },
  };
}
