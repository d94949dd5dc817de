/** The statuses of a distribution row, in the order of a comm's life. */
export const DISTRIBUTION_STATUSES = ['A', 'D', 'S', 'P', 'R', 'E'] as const;

/** One character, as it stands in `distribution_status`. */
export type DistributionStatus = (typeof DISTRIBUTION_STATUSES)[number];

/** The status that a delivered row gets; which of the two is the operator's choice. */
export type DeliveredStatus = Extract<DistributionStatus, 'S' | 'P'>;

/** Who may move a row from one status to another. */
export type StatusMover = 'upstream' | 'daemon' | 'monitor' | 'operator' | 'acknowledgement';

/** The text that an agent reads on the screen. */
export function statusText(status: DistributionStatus): string {
  return STATUS_TEXTS[status];
}

/** Whether `mover` may take a row from `from` to `to`; every other move is a defect. */
export function mayMove(mover: StatusMover, from: DistributionStatus, to: DistributionStatus): boolean {
  return LEGAL_MOVES[mover].includes(`${from}>${to}`);
}

export function isDistributionStatus(value: string): value is DistributionStatus {
  return (DISTRIBUTION_STATUSES as readonly string[]).includes(value);
}

const STATUS_TEXTS: Record<DistributionStatus, string> = {
  A: 'Awaiting Merge',
  D: 'Awaiting Distribution',
  S: 'Sent',
  P: 'Published',
  R: 'Error Retry',
  E: 'Error No Retry',
};

type Move = `${DistributionStatus}>${DistributionStatus}`;

const LEGAL_MOVES: Record<StatusMover, readonly Move[]> = {
  upstream: ['A>D'],
  daemon: ['D>S', 'D>P', 'D>R', 'D>E'],
  monitor: ['D>P', 'R>D'],
  operator: ['E>D', 'R>D'],
  acknowledgement: ['S>E', 'P>E', 'P>S', 'S>S'],
};
