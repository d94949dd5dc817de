import { NOTICE_CODES, NOTICES } from './notices.js';

/** Which template a comm comes from, and its text with a customer's data filled in. */
interface MergedNotice {
  readonly commsCode: string;
  readonly message: string;
}

/** The merged text of the comm with this index; successive ones differ in language, and all texts are used in turn. */
export function mergeNotice(index: number): MergedNotice {
  const { names, texts } = cycle(NOTICES, index);
  const round = Math.floor(index / NOTICES.length);
  const commsCode = cycle(NOTICE_CODES, round);
  const values: Readonly<Record<string, string>> = {
    name: cycle(names, round),
    amount: (9.9 + (index % 70)).toFixed(2),
    percent: cycle(['80', '90', '100'], round),
    code: String(100_000 + ((index * 7919) % 900_000)),
    date: `2026-12-${String(1 + (index % 28)).padStart(2, '0')}`,
  };
  return {
    commsCode,
    message: texts[commsCode].replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? ''),
  };
}

/** The element at `index` of a list that is repeated without end. */
export function cycle<T>(list: readonly [T, ...T[]], index: number): T {
  return list[index % list.length] ?? list[0];
}
