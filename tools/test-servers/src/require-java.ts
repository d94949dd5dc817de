import { runCommand } from './run-command.js';
import { TestServerError } from './test-server-error.js';

/** Throws where `java` is missing or older than a release such as 17. */
export async function requireJava(release: number): Promise<void> {
  const version = await runCommand('java', ['--version']);
  const found = Number(/\b(\d+)/.exec(version)?.[1]);
  if (!(found >= release))
    throw new TestServerError('NO_SOURCE', `Java ${release} is needed, ${found} is here`);
}
