import { describe, expect, it } from '@jest/globals';
import { commandEnd, runCommand, runProgram } from './run-command.js';

const FAILS = ['-c', 'echo out; echo err >&2; exit 3'];

describe('commandEnd', () => {
  it('returns how a command ended, also where it failed', async () => {
    expect(await commandEnd('sh', FAILS)).toEqual({ code: 3, stdout: 'out\n', stderr: 'err\n' });
    expect(await commandEnd('true', [])).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('rejects where a command does not exist, or takes longer than its limit', async () => {
    await expect(commandEnd('no-such-command', [])).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(commandEnd('sleep', ['60'], { timeout: 10 })).rejects.toMatchObject({ killed: true });
  });
});

describe('runCommand', () => {
  it('returns what a command printed', async () => {
    expect(await runCommand('echo', ['hello'])).toBe('hello\n');
  });

  it.each([
    ['failed', ['sh', ...FAILS], 'err\nout\n'],
    ['printed nothing and failed', ['false'], 'exit code 1'],
    ['does not exist', ['no-such-command'], 'ENOENT'],
  ])(
    'rejects with the end of what a command printed that %s',
    async (_, [command = '', ...args], printed) => {
      await expect(runCommand(command, args)).rejects.toMatchObject({
        code: 'COMMAND_FAILED',
        message: expect.stringContaining(printed),
      });
    },
  );
});

describe('runProgram', () => {
  it('gives a program nothing but the environment that it is given', async () => {
    const end = await runProgram('--print', ['JSON.stringify(process.env)'], { PART: 'one' });

    expect(JSON.parse(end.stdout)).toEqual({ PART: 'one' });
  });
});
