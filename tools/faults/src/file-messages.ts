import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DistributionRow, expectedMessage, type MessageContent } from '@comms/daemon-stage';

/**
 * The files of a directory, each as the message of the row that it is named after. Throws where a file that
 * readers may take is not whole.
 */
export async function fileMessages(
  directory: string,
  rows: readonly DistributionRow[],
): Promise<MessageContent[]> {
  const names = (await readdir(directory)).filter((name) => !name.endsWith('.tmp'));
  return Promise.all(
    names.map(async (name) => {
      const document = JSON.parse(await readFile(join(directory, name), 'utf8')) as Record<string, unknown>;
      delete document['extractDateTime'];
      const id = name.replace(/\.json$/, '');
      const row = rows.find(({ comms_request_target_distribution_id: rowId }) => rowId === id);
      if (row === undefined) throw new Error(`a file without a row: ${name}`);
      return { ...expectedMessage(row), document };
    }),
  );
}
