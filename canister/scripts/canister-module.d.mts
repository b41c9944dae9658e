/** See canister-module.mjs. */
export function canisterModule(
  service: { text: string; methods: { name: string; mode: string }[] },
  pending?: string[],
): new () => object;
