/** A plain daemon with tables or messages of some size. */
export interface Scenario {
  readonly title: string;
  readonly rows: number;
  readonly messageBytes: number;
  readonly batchSize: number | null;
  /** Rows that were sent before and stay in the table. */
  readonly sentRows?: number;
  /** Another session keeps a snapshot from before the first row, so that nothing dead can be removed. */
  readonly oldSnapshot?: boolean;
}

export const SCENARIO_NAMES = ['empty', 'history', 'snapshot', 'few', 'backlog', 'megabyte'] as const;

export type ScenarioName = (typeof SCENARIO_NAMES)[number];

/** What the sizes of all scenarios follow from. */
interface Sizes {
  readonly sentRows: number;
  readonly backlogRows: number;
  readonly messageBytes: number;
  readonly batchSize: number | null;
}

/** All sizes follow from two of the options, so that a run may be made longer or shorter. */
export function scenarioOf(name: ScenarioName, sizes: Sizes): Scenario {
  const { sentRows, backlogRows, messageBytes, batchSize } = sizes;
  const work = { rows: Math.ceil(backlogRows / 10), messageBytes, batchSize };
  switch (name) {
    case 'empty':
      return { ...work, title: 'an empty table' };
    case 'history':
      return { ...work, title: `${sentRows.toLocaleString('en')} sent rows in the table`, sentRows };
    case 'snapshot':
      return { ...work, title: 'an old snapshot held open', oldSnapshot: true };
    case 'few':
      return { ...work, title: 'few rows', rows: Math.ceil(backlogRows / 100) };
    case 'backlog':
      return { ...work, title: 'a backlog', rows: backlogRows };
    case 'megabyte':
      return {
        title: 'messages of 1 MB, batches of 200',
        rows: 400,
        messageBytes: 1_000_000,
        batchSize: 200,
      };
  }
}
