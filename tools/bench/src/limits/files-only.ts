import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Distribution } from '@comms/distribution';
import type { PostgresDistributionStore } from '@comms/distribution-store';
import type { OpenPeer } from '../peers/peer.js';
import { messageOf, sent, storeOf } from './daemon-parts.js';

/**
 * Only the daemon's work on files, in a plain loop that writes `atOnce` files at a time: each is written aside, synced and
 * renamed, and the directory is synced after each batch. The rows were claimed before. All but those of the last batch
 * were recorded, too; recording these shows the benchmark that all is done.
 */
export function openFilesOnly(atOnce: number): OpenPeer {
  return (access) => {
    const store = storeOf(access);
    const { batchSize } = access.extract;
    const { dirname = '' } = access.files;
    let batches: (readonly Distribution[])[] = [];
    const work = async () => {
      for (const batch of batches) await writeAll(dirname, batch, atOnce);
      const last = await store.claim(batchSize);
      await last.record(sent(last.distributions));
    };
    let working = Promise.resolve();
    return Promise.resolve({
      prepare: async () => {
        batches = await claimedBatches(store, batchSize);
      },
      begin: () => (working = work()),
      rest: () => working,
    });
  };
}

/** Claims all rows, and records all but those of the last batch as sent. */
async function claimedBatches(
  store: PostgresDistributionStore,
  batchSize: number,
): Promise<(readonly Distribution[])[]> {
  const batches: (readonly Distribution[])[] = [];
  let claim = await store.claim(batchSize);
  while (claim.distributions.length > 0) {
    batches.push(claim.distributions);
    const next = await store.claim(batchSize);
    if (next.distributions.length > 0) await claim.record(sent(claim.distributions));
    await claim.release();
    claim = next;
  }
  await claim.release();
  return batches;
}

async function writeAll(dirname: string, batch: readonly Distribution[], atOnce: number): Promise<void> {
  const rest = batch.values();
  const lane = async () => {
    for (const distribution of rest) await write(dirname, distribution);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  const directory = await open(dirname, 'r');
  await sync(directory);
  await close(directory);
}

async function write(dirname: string, distribution: Distribution): Promise<void> {
  const aside = join(dirname, `${randomUUID()}.tmp`);
  const file = await open(aside, 'wx', 0o640);
  await writeFile(file, messageOf(distribution).body);
  await sync(file);
  await close(file);
  await rename(aside, join(dirname, `${distribution.distributionId}.json`));
}

/** With `node:fs/promises` the same loop writes a quarter fewer files per second. */
const open = promisify(fs.open);
const writeFile = promisify(fs.writeFile);
const sync = promisify(fs.fsync);
const close = promisify(fs.close);
const rename = promisify(fs.rename);
