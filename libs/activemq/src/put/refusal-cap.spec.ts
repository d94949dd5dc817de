import { describe, expect, it } from '@jest/globals';
import { RefusalCap } from './refusal-cap.js';

describe('RefusalCap', () => {
  it('allows every transaction at first', () => {
    expect(new RefusalCap().rows).toBe(1_000);
  });

  it('is half of a transaction that failed for one refused message', () => {
    const cap = new RefusalCap();
    failed(cap, 270, [100]);
    expect(cap.rows).toBe(135);
  });

  it('is at least 16 after a refused message that is far from the one before', () => {
    const cap = new RefusalCap();
    for (let i = 0; i < 10; i += 1) failed(cap, 100, [70]);
    expect(cap.rows).toBe(16);
  });

  it('grows by 8 with each confirmed transaction, up to where it began', () => {
    const cap = new RefusalCap();
    failed(cap, 270, [100]);
    cap.transactionConfirmed(135);
    expect(cap.rows).toBe(143);
    for (let i = 0; i < 200; i += 1) cap.transactionConfirmed(1);
    expect(cap.rows).toBe(1_000);
  });

  it('lets messages go by themselves where two are refused within 64', () => {
    const cap = new RefusalCap();
    failed(cap, 100, [10, 73]);
    expect(cap.rows).toBe(1);
  });

  it('allows transactions again, small ones, once 64 in a row are confirmed', () => {
    const cap = new RefusalCap();
    failed(cap, 64, [0, 1]);
    confirm(cap, 1);
    expect(cap.rows).toBe(1);
    confirm(cap, 1);
    expect(cap.rows).toBe(16);
  });

  it('stays where a transaction failed and no message of it was refused', () => {
    const cap = new RefusalCap();
    failed(cap, 100, []);
    cap.transactionConfirmed(100);
    cap.messageRefused();
    expect(cap.rows).toBe(500);
  });
});

describe('RefusalCap of messages that go by themselves', () => {
  it('allows 64 at once, also while they are refused', () => {
    const cap = new RefusalCap();
    for (let i = 0; i < 100; i += 1) cap.messageRefused();
    expect(cap.singlesAtOnce).toBe(64);
  });

  it('is halved with each connection that ends for a refusal, down to 1', () => {
    const cap = new RefusalCap();
    const allowed = Array.from({ length: 7 }, () => {
      cap.connectionEnded();
      return cap.singlesAtOnce;
    });
    expect(allowed).toEqual([32, 16, 8, 4, 2, 1, 1]);
  });

  it('grows by one with every second confirmed message, up to 64', () => {
    const cap = new RefusalCap();
    cap.connectionEnded();
    confirm(cap, 3);
    expect(cap.singlesAtOnce).toBe(33);
    confirm(cap, 100);
    expect(cap.singlesAtOnce).toBe(64);
  });
});

/** A transaction fails, and then its messages go one by one: these are refused, counted from 0, and the others confirmed. */
function failed(cap: RefusalCap, rows: number, refused: readonly number[]): void {
  cap.transactionFailed(rows);
  for (let i = 0; i < rows; i += 1) {
    if (refused.includes(i)) cap.messageRefused();
    else cap.messageConfirmed();
  }
}

function confirm(cap: RefusalCap, messages: number): void {
  for (let i = 0; i < messages; i += 1) cap.messageConfirmed();
}
