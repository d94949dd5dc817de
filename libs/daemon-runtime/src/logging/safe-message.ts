import { stableCode } from './stable-code.js';

/**
 * The message of an error where it can hold nothing secret, else nothing: drivers and parsers quote rows, queries and
 * snippets of their input in theirs. Safe are the messages of
 * - our own errors, told by a code such as `BROKER_DOWN`: the house promises that they hold no text, target or key;
 * - the system's, such as `connect ECONNREFUSED 127.0.0.1:5432`;
 * - the framework's for a wrong wiring (`…Exception`);
 * - the language's for a defect in the program, cut before it quotes a value.
 */
export function safeMessage(error: Error): string | undefined {
  return isOurs(error) || isOfTheSystem(error) || isOfTheFramework(error)
    ? error.message
    : DEFECT.exec(error.message)?.[0];
}

function isOurs(error: Error): boolean {
  return OWN_CODE.test(stableCode(error) ?? '');
}

function isOfTheSystem(error: Error): boolean {
  return 'syscall' in error && typeof error.syscall === 'string';
}

function isOfTheFramework(error: Error): boolean {
  return error.constructor.name.endsWith('Exception');
}

/** Words joined by `_`; the codes of Node.js and jose that start with `ERR_` go with messages that quote arguments. */
const OWN_CODE = /^(?!ERR_)[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;

const DEFECT = new RegExp(
  [
    'Cannot (?:read|set) properties of (?:null|undefined)',
    "Cannot access '[\\w$]+' before initialization",
    '[a-zA-Z_$][\\w$.]* is not (?:a function|a constructor|iterable|defined)$',
    'Maximum call stack size exceeded$',
    'Invalid (?:array length|time value)$',
  ]
    .map((message) => `^${message}`)
    .join('|'),
);
