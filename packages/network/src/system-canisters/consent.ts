/**
 * Consent messages: a wallet shows them before its user signs a call (dfinity/wg-identity-authentication, standard
 * ICRC-21).
 */
import { IDL } from '@icp-sdk/core/candid';
import type { Account } from './accounts.js';
import { subaccountOf } from './accounts.js';
import { type BuiltInMethod, update } from './built-in.js';
import type { TokenLedger } from './token-ledger.js';

const { Int16, Nat, Nat64, Nat8, Null, Opt, Record, Text, Variant, Vec } = IDL;

const Metadata = Record({ language: Text, utc_offset_minutes: Opt(Int16) });
const Request = Record({
  method: Text,
  arg: Vec(Nat8),
  user_preferences: Record({
    metadata: Metadata,
    device_spec: Opt(Variant({ GenericDisplay: Null, FieldsDisplay: Null })),
  }),
});
const FieldValue = Variant({
  TokenAmount: Record({ decimals: Nat8, amount: Nat64, symbol: Text }),
  TimestampSeconds: Record({ amount: Nat64 }),
  DurationSeconds: Record({ amount: Nat64 }),
  Text: Record({ content: Text }),
});
const ErrorInfo = Record({ description: Text });
const Answer = Variant({
  Ok: Record({
    consent_message: Variant({
      GenericDisplayMessage: Text,
      FieldsDisplayMessage: Record({ intent: Text, fields: Vec(IDL.Tuple(Text, FieldValue)) }),
    }),
    metadata: Metadata,
  }),
  Err: Variant({
    UnsupportedCanisterCall: ErrorInfo,
    ConsentMessageUnavailable: ErrorInfo,
    InsufficientPayment: ErrorInfo,
    GenericError: Record({ description: Text, error_code: Nat }),
  }),
});

interface Call {
  amount: bigint;
  to?: Account;
  from?: Account;
  spender?: Account;
}

type Field = [
  label: string,
  value: { TokenAmount: { decimals: number; amount: bigint; symbol: string } } | { Text: { content: string } },
];

function accountText({ owner, subaccount }: Account): string {
  const bytes = subaccountOf(subaccount);
  return bytes.some((byte) => byte !== 0) ? `${owner.toText()}.${Buffer.from(bytes).toString('hex')}` : owner.toText();
}

function shown(field: Field): string {
  const [label, value] = field;
  if ('Text' in value) return `**${label}:**\n\`${value.Text.content}\``;
  const { decimals, amount, symbol } = value.TokenAmount;
  const digits = amount.toString().padStart(decimals + 1, '0');
  const fraction = digits.slice(-decimals).replace(/0+$/, '');
  const text = `${digits.slice(0, -decimals)}${fraction === '' ? '' : `.${fraction}`}`;
  return `**${label}:** \`${text} ${symbol}\``;
}

/** `types`: the argument of each method that has a message. */
export function consentMethod(
  ledger: TokenLedger,
  { symbol, decimals }: { symbol: string; decimals: number },
  types: Record<string, IDL.Type>,
): Record<string, BuiltInMethod> {
  const intents: Record<string, string> = {
    icrc1_transfer: `Send ${symbol}`,
    icrc2_approve: `Approve spending of ${symbol}`,
    icrc2_transfer_from: `Spend ${symbol} of another account`,
  };
  const tokens = (amount: bigint) => ({ TokenAmount: { decimals, amount, symbol } });
  const fieldsOf = (call: Call): Field[] => [
    ['Amount', tokens(call.amount)],
    ...(['from', 'to', 'spender'] as const).flatMap((party): Field[] => {
      const account = call[party];
      const label = { from: 'From', to: 'To', spender: 'Spender' }[party];
      return account === undefined ? [] : [[label, { Text: { content: accountText(account) } }]];
    }),
    ['Fee', tokens(ledger.fee)],
  ];
  return {
    icrc21_canister_call_consent_message: update(
      [Request],
      [Answer],
      (
        _,
        request: {
          method: string;
          arg: Uint8Array;
          user_preferences: { metadata: unknown; device_spec: [] | [Record<string, null>] };
        },
      ) => {
        const { method, user_preferences: preferences } = request;
        const type = Object.hasOwn(types, method) ? types[method] : undefined;
        const intent = intents[method];
        if (type === undefined || intent === undefined) {
          const description = `There is no consent message for the method ${method}`;
          return { Err: { UnsupportedCanisterCall: { description } } };
        }
        let call: Call;
        try {
          call = IDL.decode([type], Uint8Array.from(request.arg))[0] as unknown as Call;
        } catch (error) {
          const description = `The argument of ${method} cannot be decoded: ${(error as Error).message}`;
          return { Err: { ConsentMessageUnavailable: { description } } };
        }
        const fields = fieldsOf(call);
        const inFields = preferences.device_spec[0] !== undefined && 'FieldsDisplay' in preferences.device_spec[0];
        const consent_message = inFields
          ? { FieldsDisplayMessage: { intent, fields } }
          : { GenericDisplayMessage: `# ${intent}\n\n${fields.map(shown).join('\n\n')}` };
        return { Ok: { consent_message, metadata: preferences.metadata } };
      },
    ),
  };
}
