import type { World } from '../world/world.js';

/** Lets virtual time pass until a call has its result. */
export async function stepped<T>(world: World, answer: Promise<T>): Promise<T> {
  let settled = false;
  const done = () => {
    settled = true;
  };
  answer.then(done, done);
  await world.run(Infinity, () => settled);
  return answer;
}
