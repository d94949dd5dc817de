/** When the messages of a long run arrived. */
export class Pace {
  private readonly moments: number[] = [];

  /** To be called with the moment of each arrival, in milliseconds. */
  arrived(moment: number): void {
    this.moments.push(moment);
  }

  /** Messages per second of the first and of the last tenth, from the first of each to its last. */
  get tenths(): { readonly first: number; readonly last: number } {
    const size = Math.max(2, Math.floor(this.moments.length / 10));
    return {
      first: rateOf(this.moments.slice(0, size)),
      last: rateOf(this.moments.slice(-size)),
    };
  }
}

/** Several may arrive at one moment, such as a whole transaction: the first moment's own are what comes before the clock. */
function rateOf(moments: readonly number[]): number {
  const [first = NaN, last = NaN] = [moments[0], moments.at(-1)];
  return (moments.filter((moment) => moment > first).length * 1000) / (last - first);
}
