import { CODE_PART_NAMES, type CodePart, codePartOf } from './code-parts.js';

/** A time of the system's monotonic clock, in microseconds. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** Where the main thread spent its time, in microseconds, without waits. */
interface ProfileDigest {
  readonly total: number;
  readonly parts: Readonly<Record<CodePart, number>>;
  /** The functions that took the most by themselves, without those that they call; the first took most. */
  readonly functions: readonly FunctionTime[];
}

export interface FunctionTime {
  readonly name: string;
  /** File and line; `Node.js` for what is not JavaScript. */
  readonly place: string;
  readonly time: number;
}

const FUNCTIONS = 10;

/**
 * Takes what ran within a window out of a profile. Functions of Node.js and of packages count for the part that has
 * called them.
 */
export function digestProfile(profile: CpuProfile, window: Window): ProfileDigest {
  const times = selfTimes(profile, window);
  const busy = withParts(profile.nodes)
    .filter(({ frame }) => frame.functionName !== '(idle)')
    .map(({ id, ...node }) => ({ ...node, time: times.get(id) ?? 0 }));
  const timeOf = (part: CodePart) => sum(busy.filter((node) => node.part === part));
  return {
    total: sum(busy),
    parts: Object.fromEntries(CODE_PART_NAMES.map((part) => [part, timeOf(part)])) as ProfileDigest['parts'],
    functions: byFunction(busy).slice(0, FUNCTIONS),
  };
}

/** The time before a sample counts for what the sample found. */
function selfTimes(
  { samples, timeDeltas, startTime }: CpuProfile,
  { from, to }: Window,
): Map<number, number> {
  const times = new Map<number, number>();
  let moment = startTime;
  samples.forEach((id, i) => {
    const delta = timeDeltas[i] ?? 0;
    moment += delta;
    if (moment >= from && moment <= to) times.set(id, (times.get(id) ?? 0) + delta);
  });
  return times;
}

interface NodeWithPart {
  readonly id: number;
  readonly frame: CallFrame;
  readonly part: CodePart;
}

function withParts(nodes: readonly ProfileNode[]): NodeWithPart[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const walk = ({ id, callFrame, children = [] }: ProfileNode, caller: CodePart): NodeWithPart[] => {
    const part = codePartOf(callFrame) ?? caller;
    const called = children.flatMap((child) => byId.get(child) ?? []);
    return [{ id, frame: callFrame, part }, ...called.flatMap((node) => walk(node, part))];
  };
  return nodes.slice(0, 1).flatMap((root) => walk(root, 'other'));
}

interface Timed {
  readonly frame: CallFrame;
  readonly time: number;
}

/** One function may be in many places of the tree. Entries of V8 about itself are not functions. */
function byFunction(nodes: readonly Timed[]): FunctionTime[] {
  const functions = new Map<string, FunctionTime>();
  for (const { frame, time } of nodes) {
    if (frame.functionName.startsWith('(')) continue;
    const named = { name: frame.functionName || '(anonymous)', place: placeOf(frame) };
    const key = `${named.name} ${named.place}`;
    functions.set(key, { ...named, time: time + (functions.get(key)?.time ?? 0) });
  }
  return [...functions.values()].filter(({ time }) => time > 0).toSorted((a, b) => b.time - a.time);
}

/** From the folder of the libraries or packages on. */
function placeOf({ url, lineNumber }: CallFrame): string {
  if (url === '') return 'Node.js';
  const path = /\/((?:libs|apps|node_modules)\/.*)$/.exec(url)?.[1] ?? url;
  return `${path}:${lineNumber + 1}`;
}

function sum(nodes: readonly Timed[]): number {
  return nodes.reduce((total, { time }) => total + time, 0);
}

/** What V8 writes into a `.cpuprofile`, as far as it is read here. */
export interface CpuProfile {
  /** A tree of calls; the first one is its root. */
  readonly nodes: readonly ProfileNode[];
  /** The node that ran at each sample. */
  readonly samples: readonly number[];
  /** Microseconds since the sample before, or since the start. */
  readonly timeDeltas: readonly number[];
  /** Microseconds of the system's monotonic clock. */
  readonly startTime: number;
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: CallFrame;
  readonly children?: readonly number[];
}

export interface CallFrame {
  /** Empty for a function without a name. In brackets for an entry of V8 about itself, such as `(idle)`. */
  readonly functionName: string;
  /** Empty for what is not JavaScript. */
  readonly url: string;
  /** Counted from 0. */
  readonly lineNumber: number;
}
