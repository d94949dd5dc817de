import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MONITOR_TASKS, type MonitorStore, type MonitorTask } from '../monitor-store.js';

/** What a store under test must offer besides its port. A target counts as a row of `create-entries`. */
export interface MonitorStoreHarness {
  readonly store: MonitorStore;
  /** Puts in a row that has work for this task, and returns its id. */
  insertDue(task: MonitorTask): Promise<string>;
  /** Puts in one that is like it, but is left alone: its time has not come, say. */
  insertNotDue(task: MonitorTask): Promise<string>;
  /** Whether a row is as the task leaves it. */
  isDone(task: MonitorTask, id: string): Promise<boolean>;
  /** Locks a row in another session; what is returned ends that session. */
  hold(task: MonitorTask, id: string): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/**
 * The promises of `MonitorStore`; each implementation, the fakes included, must keep them.
 * @param tasks those that rows of the store can have work for
 */
export function describeMonitorStore(
  name: string,
  open: () => Promise<MonitorStoreHarness>,
  tasks: readonly MonitorTask[] = MONITOR_TASKS,
): void {
  describe(`${name} as a monitor store`, () => {
    let harness: MonitorStoreHarness;
    beforeEach(async () => {
      harness = await open();
    });
    afterEach(async () => {
      await harness.close();
    });

    const isPending = async (task: MonitorTask) => (await harness.store.pending()).has(task);
    const areDone = (task: MonitorTask, ids: readonly string[]) =>
      Promise.all(ids.map((id) => harness.isDone(task, id)));

    async function insertDue(task: MonitorTask, count: number): Promise<string[]> {
      const ids: string[] = [];
      while (ids.length < count) ids.push(await harness.insertDue(task));
      return ids;
    }

    it('names no task where there is no row', async () => {
      expect(await harness.store.pending()).toEqual(new Set());
    });

    it('names all tasks at once that have work', async () => {
      for (const task of tasks) await harness.insertDue(task);
      expect(await harness.store.pending()).toEqual(new Set(tasks));
    });

    it.each(MONITOR_TASKS)('does %s where it has work, and no other task with it', async (task) => {
      const ids = new Map<MonitorTask, string>();
      for (const each of tasks) ids.set(each, await harness.insertDue(each));
      expect(await harness.store.perform(task, 10)).toBe(ids.has(task) ? 1 : 0);
      for (const [each, id] of ids)
        expect([each, await harness.isDone(each, id)]).toEqual([each, each === task]);
    });

    describe.each(tasks)('%s', (task) => {
      it('handles rows up to the limit, and fewer once nothing is left', async () => {
        const ids = await insertDue(task, 5);
        const passes: unknown[] = [];
        while (passes.length < 4) passes.push([await isPending(task), await harness.store.perform(task, 2)]);
        expect(passes).toEqual([
          [true, 2],
          [true, 2],
          [true, 1],
          [false, 0],
        ]);
        expect(await areDone(task, ids)).toEqual(ids.map(() => true));
      });

      it('leaves a row alone that it is not due for', async () => {
        const id = await harness.insertNotDue(task);
        expect(await isPending(task)).toBe(false);
        expect(await harness.store.perform(task, 10)).toBe(0);
        expect(await harness.isDone(task, id)).toBe(false);
      });

      it('skips a row that another session holds, and handles it once that has ended', async () => {
        const [held = '', free = ''] = await insertDue(task, 2);
        const letGo = await harness.hold(task, held);
        expect(await harness.store.perform(task, 10)).toBe(1);
        expect(await areDone(task, [held, free])).toEqual([false, true]);
        await letGo();
        expect(await harness.store.perform(task, 10)).toBe(1);
        expect(await harness.isDone(task, held)).toBe(true);
      });

      it('handles each row once where three replicas are at it', async () => {
        const ids = await insertDue(task, 12);
        const replica = () => performAll(task, ids.length);
        const handled = await Promise.all([replica(), replica(), replica()]);
        expect(handled.reduce((sum, rows) => sum + rows)).toBe(12);
        expect(await areDone(task, ids)).toEqual(ids.map(() => true));
      });
    });

    /** Until nothing more is found; returns how many rows it handled. */
    async function performAll(task: MonitorTask, most: number): Promise<number> {
      let handled = 0;
      let last = 1;
      while (last > 0 && handled <= most) {
        last = await harness.store.perform(task, 2);
        handled += last;
      }
      return handled;
    }
  });
}
