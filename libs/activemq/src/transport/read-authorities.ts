import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { networkError } from './network-error.js';

/** The certificates of a PEM file. Rejects with a BrokerError where there are none. */
export async function readAuthorities(path: string): Promise<string> {
  try {
    const pem = await readFile(path, 'utf8');
    if (!pem.includes('-----BEGIN CERTIFICATE-----')) throw new Error('the file holds no PEM certificate');
    createSecureContext({ ca: pem });
    return pem;
  } catch (error) {
    throw networkError(error, 'BROKER_TLS_CA_FILE');
  }
}
