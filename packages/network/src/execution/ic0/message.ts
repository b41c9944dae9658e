/** ic0: the message, its caller, its reply, and inspect_message. */

import { queryContexts } from '../../wasm/system-api.js';
import { contractViolation } from '../errors.js';
import type { Execution } from '../execution.js';

export type Current = () => Execution;

const utf8 = new TextDecoder('utf-8', { fatal: true });

export function messageCalls(current: Current) {
  const blob = (name: string, of: (execution: Execution) => Uint8Array) => ({
    [`${name}_size`]: () => {
      const execution = current();
      execution.enter(`${name}_size`);
      return of(execution).length;
    },
    [`${name}_copy`]: (destination: number, offset: number, size: number) => {
      const execution = current();
      execution.copyOut(`${name}_copy`, () => of(execution), destination, offset, size);
    },
  });
  const none = new Uint8Array();
  return {
    ...blob('msg_arg_data', ({ call }) => call.arg),
    ...blob('msg_caller', ({ call }) => call.caller),
    ...blob('msg_caller_info_data', () => none),
    ...blob('msg_caller_info_signer', () => none),
    ...blob('msg_reject_msg', ({ call }) => call.rejectMessage),
    ...blob('msg_method_name', ({ call }) => new TextEncoder().encode(call.method)),

    msg_reject_code(): number {
      const execution = current();
      execution.enter('msg_reject_code');
      return execution.call.rejectCode;
    },

    msg_deadline(): bigint {
      const execution = current();
      execution.enter('msg_deadline');
      return execution.call.deadline;
    },

    msg_reply_data_append(source: number, size: number): void {
      const execution = current();
      execution.enter('msg_reply_data_append', size);
      assertNotResponded(execution, 'ic0_msg_reply_data_append');
      const { context, limits } = execution;
      const limit = queryContexts.has(context) ? limits.queryReplyBytes : limits.updateReplyBytes;
      const total = execution.replyBytes + size;
      if (total > limit) {
        throw contractViolation(
          `ic0_msg_reply_data_append: application payload size (${total}) cannot be larger than ${limit}`,
          'Try reducing the size of the reply, or sending it in several messages.',
        );
      }
      execution.reply.push(execution.readHeap('ic0_msg_reply_data_append', source, size).slice());
      execution.replyBytes = total;
    },

    msg_reply(): void {
      const execution = current();
      execution.enter('msg_reply');
      assertNotResponded(execution, 'ic0_msg_reply');
      execution.response = { kind: 'reply' };
    },

    msg_reject(source: number, size: number): void {
      const execution = current();
      execution.enter('msg_reject', size);
      assertNotResponded(execution, 'ic0_msg_reject');
      if (size > execution.limits.updateReplyBytes) {
        throw contractViolation(
          `ic0_msg_reject: application payload size (${size}) cannot be larger than ${execution.limits.updateReplyBytes}`,
        );
      }
      try {
        execution.response = {
          kind: 'reject',
          message: utf8.decode(execution.readHeap('ic0_msg_reject', source, size)),
        };
      } catch (error) {
        if (error instanceof TypeError) throw contractViolation('ic0_msg_reject: invalid UTF-8 string provided');
        throw error;
      }
    },

    accept_message(): void {
      const execution = current();
      execution.enter('accept_message');
      if (execution.accepted) throw contractViolation('ic0_accept_message: the function was already called');
      execution.accepted = true;
    },
  };
}

function assertNotResponded({ call, response }: Execution, name: string): void {
  if (call.responded || response !== undefined) throw contractViolation(`${name}: the call is already replied`);
}
