import { SUBJECTS, type SubjectName } from './subjects.js';

/** All that rounds are made of. */
export const SUBJECT_NAMES = Object.keys(SUBJECTS) as SubjectName[];
