import { sentenceOf } from './sentence-of.js';

/** What must be ended or removed again, whatever happens in between. */
export class Teardown {
  readonly #steps: { readonly what: string; readonly end: () => Promise<void> }[] = [];

  /** To be told before the thing is begun, so that an end half-way finds it too. */
  add(what: string, end: () => Promise<void>): void {
    this.#steps.push({ what, end });
  }

  /** Takes all steps, the last one first. One that fails holds up no other; answers a sentence for each of those. */
  async run(): Promise<readonly string[]> {
    const faults: string[] = [];
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      const { what, end } = step;
      await end().catch((error: unknown) => {
        faults.push(`${what}: ${sentenceOf(error)}`);
      });
    }
    return faults;
  }
}
