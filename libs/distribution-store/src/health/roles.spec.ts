import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { rightsNeeded } from '../testing/rights-needed.js';
import { DELIVERY_REQUIREMENTS, MONITOR_REQUIREMENTS } from './schema-requirements.js';

const FILE = readFileSync(new URL('../../sql/roles.sql', import.meta.url), 'utf8');

describe('sql/roles.sql', () => {
  it.each([
    ['comms_delivery', DELIVERY_REQUIREMENTS],
    ['comms_monitor', MONITOR_REQUIREMENTS],
  ])('gives %s the rights that its daemons need, and no other', (role, requirements) => {
    expect(rightsIn(FILE, role)).toEqual(rightsNeeded(requirements));
  });

  it('lets both use the schema besides, without which they could name no table', () => {
    expect(grantsOfBlock(FILE)).toEqual(['GRANT USAGE ON SCHEMA %I TO comms_delivery, comms_monitor']);
  });
});

describe('rightsIn', () => {
  it('reads column rights and table rights', () => {
    const sql = `GRANT SELECT (a, b), -- why
      DELETE
      ON t TO comms_delivery; GRANT INSERT ON t TO comms_monitor;`;
    expect(rightsIn(`DO $$ $$; ${sql}`, 'comms_delivery')).toEqual(['DELETE t', 'SELECT t a', 'SELECT t b']);
    expect(rightsIn(`DO $$ $$; ${sql}`, 'comms_monitor')).toEqual(['INSERT t']);
  });

  it.each([
    'GRANT SELECT (a) ON t TO PUBLIC',
    'GRANT SELECT (a) ON t TO comms_delivery, PUBLIC',
    'GRANT ALL ON t TO comms_delivery',
    'GRANT SELECT ON ALL TABLES IN SCHEMA public TO comms_delivery',
    'GRANT comms_monitor TO comms_delivery',
    'ALTER TABLE t OWNER TO comms_delivery',
  ])('skips nothing that it does not know, such as: %s', (sql) => {
    expect(() => rightsIn(`DO $$ $$; ${sql};`, 'comms_delivery')).toThrow('not understood');
  });
});

/** One right each, such as `SELECT table column` or `DELETE table`; sorted. */
function rightsIn(file: string, role: string): string[] {
  return statementsIn(file)
    .map((statement) => GRANT.exec(statement) ?? notUnderstood(statement))
    .filter(([, , , grantee]) => grantee === role)
    .flatMap(([, privileges = '', table = '']) =>
      privileges.split(BETWEEN_PRIVILEGES).flatMap((privilege) => {
        const [, right = '', columns] = PRIVILEGE.exec(privilege) ?? notUnderstood(privilege);
        return columns === undefined
          ? [`${right} ${table}`]
          : columns.split(', ').map((column) => `${right} ${table} ${column}`);
      }),
    )
    .sort();
}

const GRANT = /^GRANT (.+) ON (\w+) TO (comms_delivery|comms_monitor)$/;
const PRIVILEGE = /^(SELECT|INSERT|UPDATE|DELETE)(?: \( ?([\w, ]+?) ?\))?$/;
/** A comma outside brackets. */
const BETWEEN_PRIVILEGES = /, (?![^(]*\))/;

/** Those behind the block that makes the roles, each on one line. */
function statementsIn(file: string): string[] {
  const [, , statements = ''] = withoutComments(file).split('$$');
  return statements
    .split(';')
    .map((statement) => statement.replace(/\s+/g, ' ').trim())
    .filter((statement) => statement !== '');
}

/** What the block that makes the roles grants. */
function grantsOfBlock(file: string): string[] {
  const [, block = ''] = withoutComments(file).split('$$');
  return block.match(/GRANT [^']*/g) ?? [];
}

function withoutComments(sql: string): string {
  return sql.replace(/--.*$/gm, '');
}

function notUnderstood(sql: string): never {
  throw new Error(`not understood: ${sql}`);
}
