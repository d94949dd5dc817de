import PgBoss from 'pg-boss';

export const PG_BOSS_QUEUE = 'publish';

/** A pg-boss with its tables and the queue. */
export async function startPgBoss(connectionString: string): Promise<PgBoss> {
  const boss = new PgBoss({ connectionString, max: 10 });
  boss.on('error', (error) => {
    throw error;
  });
  await boss.start();
  await boss.createQueue(PG_BOSS_QUEUE);
  return boss;
}
