// For canister/test/candid*.test.ts: answers every message of test/candid.did with what it was sent.
import '../ic/trap';
import { rejectArgument } from '../ic/candid/arguments';
import { respond } from '../ic/message';
import * as wire from './candid.generated';

export function numbers(): void {
  respond(() => {
    const value = wire.readNumbers();
    if (value === null) rejectArgument();
    else wire.replyNumbers(value);
  });
}

export function things(): void {
  respond(() => {
    const value = wire.readThings();
    if (value === null) rejectArgument();
    else wire.replyThings(value);
  });
}

export function options(): void {
  respond(() => {
    const value = wire.readOptions();
    if (value === null) rejectArgument();
    else wire.replyOptions(value);
  });
}

export function lists(): void {
  respond(() => {
    const value = wire.readLists();
    if (value === null) rejectArgument();
    else wire.replyLists(value);
  });
}

export function list(): void {
  respond(() => {
    const value = wire.readList();
    if (value === null) rejectArgument();
    else wire.replyList(value.value);
  });
}

export function tree(): void {
  respond(() => {
    const value = wire.readTree();
    if (value === null) rejectArgument();
    else wire.replyTree(value);
  });
}

export function growth(): void {
  respond(() => {
    const value = wire.readGrowth();
    if (value === null) rejectArgument();
    else wire.replyGrowth(value);
  });
}

export function several(): void {
  respond(() => {
    const value = wire.readSeveral();
    if (value === null) {
      rejectArgument();
    } else {
      wire.replySeveral(value.argument0, value.argument1, value.argument2, value.argument3);
    }
  });
}

export function whole(): void {
  respond(() => {
    const value = wire.readWhole();
    if (value === null) rejectArgument();
    else wire.replyWhole(value);
  });
}

export function word(): void {
  respond(() => {
    const value = wire.readWord();
    if (value === null) rejectArgument();
    else wire.replyWord(value);
  });
}

export function nothing(): void {
  respond(() => {
    if (wire.readNothing()) wire.replyNothing();
    else rejectArgument();
  });
}
