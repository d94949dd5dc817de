import { repositoryPath, runProgram, type SuiteDatabase } from '@comms/end-to-end';
import type { OwnPostgres } from '@comms/test-servers';
import { Pool } from 'pg';

/** The database of a server of the test's own, brought to the current schema; it survives that its server is killed. */
export async function ownDatabase({ url }: OwnPostgres): Promise<SuiteDatabase> {
  const program = repositoryPath('libs/distribution-store/dist/migrate.main.js');
  const { code, stdout, stderr } = await runProgram(program, [], { COMMS_DATASOURCE_URL: url });
  if (code !== 0) throw new Error(`the migration ended with ${code ?? 'a signal'}: ${stdout}${stderr}`);
  const client = new Pool({ connectionString: url });
  client.on('error', () => undefined);
  return { url, client, drop: () => client.end() };
}
