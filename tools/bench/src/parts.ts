import { SUBJECT_NAMES } from './subjects/subject-names.js';
import type { SubjectName } from './subjects/subjects.js';

/** What is measured beside the rounds. */
const EXTRAS = ['latency', 'idle'] as const;

export type PartName = SubjectName | (typeof EXTRAS)[number];

/** All that a run may be made of, in the order in which it is told. */
export const PARTS: readonly PartName[] = [...SUBJECT_NAMES, ...EXTRAS];
