import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * Makes a JWK set of private keys in PEM (PKCS#8, PKCS#1 or SEC 1), each with the key id that the daemon is told:
 * `node key-set.mjs partner-2026-11=partner.private.pem … > private-keys.json`. The set is as secret as the keys.
 */
const pairs = process.argv.slice(2).map((pair) => pair.split(/=(.*)/s));
if (pairs.length === 0 || pairs.some(([kid, file]) => !kid || !file)) {
  console.error('usage: node key-set.mjs KID=PEM-FILE [KID=PEM-FILE …] > private-keys.json');
  process.exit(64);
}
const keys = pairs.map(([kid, file]) => ({
  ...createPrivateKey(readFileSync(file)).export({ format: 'jwk' }),
  kid,
}));
process.stdout.write(`${JSON.stringify({ keys }, null, 2)}\n`);
