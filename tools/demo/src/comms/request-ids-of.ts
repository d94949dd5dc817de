import type { Comm } from './sample-comms.js';

/** Some comms of one demo, by their request ids: both ends included. */
export interface RequestIds {
  readonly first: number;
  readonly last: number;
}

export function requestIdsOf(comms: readonly { readonly comm: Comm }[]): RequestIds {
  const ids = comms.map(({ comm }) => comm.commsRequestId);
  return { first: Math.min(...ids), last: Math.max(...ids) };
}
