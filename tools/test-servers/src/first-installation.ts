import type { BrokerInstallation } from './broker-installation.js';
import { progress } from './progress.js';
import { TestServerError } from './test-server-error.js';

type Source = () => Promise<BrokerInstallation | undefined>;

/** The first source that gives an installation; each that fails is said in one line. */
export async function firstInstallation(
  broker: string,
  sources: Readonly<Record<string, Source>>,
): Promise<BrokerInstallation> {
  const reasons: string[] = [];
  for (const [name, source] of Object.entries(sources)) {
    try {
      const found = await source();
      if (found !== undefined) return found;
      reasons.push(`${name}: not here`);
    } catch (error) {
      reasons.push(`${name}: ${firstLine(error)}`);
      progress(`no ${broker} from ${name}: ${firstLine(error)}`);
    }
  }
  throw new TestServerError('NO_SOURCE', `${broker} can't be had (${reasons.join('; ')})`);
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0] ?? '';
}
