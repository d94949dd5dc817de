/** What a log line holds of an error. */
export interface LoggableError {
  /** The name of its class. */
  readonly type: string;
  readonly code?: string;
  readonly message?: string;
  /** Where it was thrown: only the frames, because the first line of a stack repeats the message. */
  readonly frames?: readonly string[];
  readonly cause?: LoggableError;
}

/** Takes from an error only what may be logged, because errors of drivers hold queries and rows in further fields. */
export function loggableError(error: unknown, causesLeft = 3): LoggableError {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = stableCode(error);
  const message = safeMessage(error);
  return {
    type: error.constructor.name,
    ...(code !== undefined && { code }),
    ...(message !== undefined && { message }),
    frames: framesOf(error.stack),
    ...(error.cause !== undefined && causesLeft > 0 && { cause: loggableError(error.cause, causesLeft - 1) }),
  };
}

/** The frames of a stack, without its first line. */
function framesOf(stack = ''): string[] {
  const frames = stack.split('\n').filter((line) => FRAME.test(line));
  return frames.slice(0, MOST_FRAMES).map((line) => line.trim());
}

const FRAME = /^ {4}at (?:.+ \(.+:\d+:\d+\)|[^ ]+:\d+:\d+)$/;
const MOST_FRAMES = 20;

/** The `code` of an error, where it has one that is fit for a log line or a label; of a system error its errno. */
function stableCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' && CODE.test(error.code) ? error.code : undefined;
}

/** The stable code of what was thrown, or else the name of its class. */
export function errorCode(error: unknown): string {
  return stableCode(error) ?? (error instanceof Error ? error.constructor.name : typeof error);
}

const CODE = /^\w{1,50}$/;

/**
 * The message of an error where it can hold nothing secret, else nothing: drivers and parsers quote rows, queries and
 * snippets of their input in theirs. Safe are the messages of
 * - our own errors, known by a code such as `BROKER_DOWN`: they never hold a text, target or key;
 * - the system's, such as `connect ECONNREFUSED 127.0.0.1:5432`;
 * - the framework's for modules that are wired wrongly (`…Exception`);
 * - the language's for a defect in the program, cut before it quotes a value.
 */
function safeMessage(error: Error): string | undefined {
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

/** Words joined by `_`; but codes of Node.js and jose that start with `ERR_` belong to messages that quote arguments. */
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
