import { describe, expect, it } from '@jest/globals';
import { Matches, MinLength } from 'class-validator';

import { loadConfiguration } from './load-configuration.js';
import { Property } from './property.js';
import { RereadableConfig } from './section.js';
import { aConfig, type FakeFile, fakeFiles } from './testing/index.js';

class LoginConfig extends RereadableConfig {
  @Property('comms.login.user', { type: 'string', description: 'The user.' })
  @Matches(/^[^\n]*$/)
  readonly user?: string;

  @Property('comms.login.password', { type: 'string', description: 'The password.', secret: true })
  @MinLength(3)
  readonly password?: string;
}

describe('a RereadableConfig', () => {
  it('returns what the secret files hold at each call', async () => {
    const { login, files } = await load({ user: 'old', password: 'first' });
    expect(login.readAgain()).toMatchObject({ user: 'old', password: 'first' });
    Object.assign(files, { user: 'new\n', password: 'second\n' });
    expect(valuesOf(login.readAgain())).toEqual(['new', 'second']);
    files['password'] = 'third';
    expect(valuesOf(login.readAgain())).toEqual(['new', 'third']);
  });

  it('leaves the loaded instance as it was', async () => {
    const { login, files } = await load({ user: 'old', password: 'first' });
    files['password'] = 'second';
    login.readAgain();
    expect(login.password).toBe('first');
  });

  it('reports once that a file has changed, and not what it holds', async () => {
    const { login, files, reports } = await load({ user: 'old', password: 'first' });
    login.readAgain();
    expect(reports).toEqual([]);
    files['password'] = 'second';
    login.readAgain();
    login.readAgain();
    expect(reports).toEqual([{ event: 'renewed', key: 'comms.login.password', file: 'password' }]);
  });

  it.each<[string, FakeFile, string]>([
    ['is gone', { error: 'ENOENT' }, 'SECRET_FILE_UNREADABLE'],
    ['may not be read', { error: 'EACCES' }, 'SECRET_FILE_UNREADABLE'],
    ['is empty, as while it is written', '', 'SECRET_FILE_UNREADABLE'],
    ['is no text', new Uint8Array([0xff]), 'SECRET_FILE_UNREADABLE'],
    ['holds what is not allowed', 'ab', 'SECRET_FILE_REFUSED'],
  ])('keeps the last good value of a file that %s, and reports that once', async (_, file, code) => {
    const { login, files, reports } = await load({ user: 'old', password: 'first' });
    files['password'] = 'second';
    login.readAgain();
    reports.length = 0;
    Object.assign(files, { user: 'new', password: file });
    expect(valuesOf(login.readAgain())).toEqual(['new', 'second']);
    expect(valuesOf(login.readAgain())).toEqual(['new', 'second']);
    const kept = { event: 'kept', key: 'comms.login.password', file: 'password', code };
    expect(reports).toEqual([
      { event: 'renewed', key: 'comms.login.user', file: 'user' },
      { ...kept, text: expect.any(String) },
    ]);
    expect(JSON.stringify(reports)).not.toMatch(/second|"ab"/);
  });

  it('reports a file again that has been good in between', async () => {
    const { login, files, reports } = await load({ user: 'old', password: 'first' });
    for (const content of ['', 'first', '']) {
      files['password'] = content;
      login.readAgain();
    }
    expect(reports).toHaveLength(2);
  });

  it('returns itself where no secret file is named, or where nothing was loaded', async () => {
    const { configuration } = await loadConfiguration({
      sections: [{ type: LoginConfig }],
      knownKeys: [],
      environment: { COMMS_LOGIN_PASSWORD: 'first' },
    });
    const login = configuration?.get(LoginConfig);
    expect(login?.readAgain()).toBe(login);
    const byHand = aConfig(LoginConfig, { password: 'first' });
    expect(byHand.readAgain()).toBe(byHand);
  });
});

const valuesOf = ({ user, password }: LoginConfig) => [user, password];

/** A section whose two values are in files, which the test may change. */
async function load(files: Record<string, FakeFile>) {
  const { configuration } = await loadConfiguration({
    sections: [{ type: LoginConfig }],
    knownKeys: [],
    environment: { COMMS_LOGIN_USER_FILE: 'user', COMMS_LOGIN_PASSWORD_FILE: 'password' },
    readFile: (path) => fakeFiles(files)(path),
  });
  if (configuration === undefined) throw new Error('the configuration has faults');
  const reports: object[] = [];
  configuration.secretFiles.on('renewed', (secret) => reports.push({ event: 'renewed', ...secret }));
  configuration.secretFiles.on('kept', (secret) => reports.push({ event: 'kept', ...secret }));
  return { login: configuration.get(LoginConfig), files, reports };
}
