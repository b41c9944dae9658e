/**
 * What callers have paid in all, since the canister was installed. Version 1: cycles that were taken with calls, u64; cycles
 * that were granted, u64; cycles that generations were charged, u64; how many were charged, u64.
 */
import { PaymentTotals, PaymentTotalsResult } from '../../ic/candid/service.generated';
import { FieldWriter } from '../../storage/values';
import { Setting } from '../settings/settings';
import { sum } from './prices';

const setting = new Setting('payments');


@final
export class Totals {
  received: u64 = 0;
  granted: u64 = 0;
  charged: u64 = 0;
  generations: u64 = 0;

  static read(): Totals {
    const totals = new Totals();
    const fields = setting.read();
    totals.received = fields.take<u64>();
    totals.granted = fields.take<u64>();
    totals.charged = fields.take<u64>();
    totals.generations = fields.take<u64>();
    return totals;
  }

  /** If stable memory is full, the totals fall behind; balances do not. */
  write(): void {
    const value = new FieldWriter(1);
    value.put<u64>(this.received);
    value.put<u64>(this.granted);
    value.put<u64>(this.charged);
    value.put<u64>(this.generations);
    setting.write(value);
  }
}

export function noteReceived(cycles: u64): void {
  if (cycles == 0) return;
  const totals = Totals.read();
  totals.received = sum(totals.received, cycles);
  totals.write();
}

export function noteGranted(cycles: u64): void {
  const totals = Totals.read();
  totals.granted = sum(totals.granted, cycles);
  totals.write();
}

export function noteCharged(cycles: u64): void {
  const totals = Totals.read();
  totals.charged = sum(totals.charged, cycles);
  totals.generations += 1;
  totals.write();
}

export function getPaymentTotals(): PaymentTotalsResult {
  const totals = Totals.read();
  const reply = new PaymentTotals();
  reply.received = totals.received;
  reply.granted = totals.granted;
  reply.charged = totals.charged;
  reply.generations = totals.generations;
  return PaymentTotalsResult.Ok(reply);
}
