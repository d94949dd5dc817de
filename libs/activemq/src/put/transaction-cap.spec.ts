import { describe, expect, it } from '@jest/globals';
import { bytesInBroker, TransactionCap } from './transaction-cap.js';

const FULL = { rows: 1_000, bytes: 500_000 };

describe('TransactionCap', () => {
  it('starts with what is allowed', () => {
    expect(new TransactionCap(500_000).size).toEqual(FULL);
  });

  it('is halved when a single message is confirmed after a transaction was not', () => {
    const cap = new TransactionCap(500_000);
    cap.transactionNotConfirmed({ rows: 300, bytes: 200_000 });
    expect(cap.confirmedWithoutTransaction()).toBe(true);
    expect(cap.size).toEqual({ rows: 150, bytes: 100_000 });
  });

  it('is halved once for one transaction', () => {
    const cap = new TransactionCap(500_000);
    cap.transactionNotConfirmed(FULL);
    expect([cap.confirmedWithoutTransaction(), cap.confirmedWithoutTransaction()]).toEqual([true, false]);
  });

  it('stays when a later transaction is confirmed', () => {
    const cap = new TransactionCap(500_000);
    cap.transactionNotConfirmed(FULL);
    cap.transactionConfirmed(1);
    expect(cap.confirmedWithoutTransaction()).toBe(false);
    expect(cap.size).toEqual(FULL);
  });

  it('never becomes zero', () => {
    const cap = new TransactionCap(500_000);
    for (let i = 0; i < 20; i += 1) {
      cap.transactionNotConfirmed(cap.size);
      cap.confirmedWithoutTransaction();
    }
    expect(cap.size).toEqual({ rows: 2, bytes: 8_192 });
  });

  it('grows again after a thousand confirmed transactions, up to what is allowed', () => {
    const cap = new TransactionCap(500_000);
    cap.transactionNotConfirmed(FULL);
    cap.confirmedWithoutTransaction();
    for (let i = 0; i < 999; i += 1) cap.transactionConfirmed(1);
    expect(cap.size).toEqual({ rows: 500, bytes: 250_000 });
    cap.transactionConfirmed(1);
    expect(cap.size).toEqual(FULL);
    for (let i = 0; i < 1_000; i += 1) cap.transactionConfirmed(1);
    expect(cap.size).toEqual(FULL);
  });
});

describe('TransactionCap after refused messages', () => {
  it('has fewer rows, and as many bytes as before', () => {
    const cap = new TransactionCap(500_000);
    cap.transactionFailed(300);
    cap.messageRefused();
    expect(cap.size).toEqual({ rows: 150, bytes: 500_000 });
    expect(cap.isOneByOne).toBe(false);
  });

  it('lets messages go one by one after two close to each other, until many in a row are confirmed', () => {
    const cap = new TransactionCap(500_000);
    cap.messageRefused();
    cap.messageRefused();
    expect(cap.isOneByOne).toBe(true);
    for (let i = 0; i < 64; i += 1) cap.confirmedWithoutTransaction();
    expect(cap.isOneByOne).toBe(false);
    expect(cap.size.rows).toBe(16);
  });
});

describe('bytesInBroker', () => {
  it('counts what Classic adds to each message', () => {
    expect(bytesInBroker(300)).toBe(1_324);
  });
});
