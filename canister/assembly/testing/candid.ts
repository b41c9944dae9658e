// For canister/test/candid*.test.ts: answers every message of test/candid.did with its own argument.
import '../ic/trap';
import { begin } from '../ic/candid/arguments';
import { Decoder } from '../ic/candid/decoder';
import { reject, respond } from '../ic/message';
import * as wire from './candid.generated';

/** Whether all of the argument could be decoded; the message is rejected if not. */
function isRead(argument: Decoder): bool {
  const problem = argument.end();
  if (problem !== null) reject(problem.text);
  return problem === null;
}

export function numbers(): void {
  respond(() => {
    const argument = begin('numbers');
    const value = wire.readNumbers(argument);
    if (isRead(argument)) wire.replyNumbers(value);
  });
}

export function things(): void {
  respond(() => {
    const argument = begin('things');
    const value = wire.readThings(argument);
    if (isRead(argument)) wire.replyThings(value);
  });
}

export function options(): void {
  respond(() => {
    const argument = begin('options');
    const value = wire.readOptions(argument);
    if (isRead(argument)) wire.replyOptions(value);
  });
}

export function lists(): void {
  respond(() => {
    const argument = begin('lists');
    const value = wire.readLists(argument);
    if (isRead(argument)) wire.replyLists(value);
  });
}

export function list(): void {
  respond(() => {
    const argument = begin('list');
    const value = wire.readList(argument);
    if (isRead(argument)) wire.replyList(value);
  });
}

export function tree(): void {
  respond(() => {
    const argument = begin('tree');
    const value = wire.readTree(argument);
    if (isRead(argument)) wire.replyTree(value);
  });
}

export function growth(): void {
  respond(() => {
    const argument = begin('growth');
    const value = wire.readGrowth(argument);
    if (isRead(argument)) wire.replyGrowth(value);
  });
}

export function several(): void {
  respond(() => {
    const argument = begin('several');
    const value = wire.readSeveral(argument);
    if (isRead(argument)) wire.replySeveral(value.argument0, value.argument1, value.argument2, value.argument3);
  });
}

export function whole(): void {
  respond(() => {
    const argument = begin('whole');
    const value = wire.readWhole(argument);
    if (isRead(argument)) wire.replyWhole(value);
  });
}

export function word(): void {
  respond(() => {
    const argument = begin('word');
    const value = wire.readWord(argument);
    if (isRead(argument)) wire.replyWord(value);
  });
}

export function nothing(): void {
  respond(() => {
    if (isRead(begin('nothing'))) wire.replyNothing();
  });
}
