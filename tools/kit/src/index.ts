export { Child, type ChildCommand, type End } from './child.js';
export { attempt, type Attempt, type Command, Interruption, main, sentenceOf, Teardown } from './command.js';
export { type Asked, parseCommandLine, type Range, wholeNumber } from './command-line.js';
export { eventually, type Wanted } from './eventually.js';
export { Guard, type GuardedServer } from './guard.js';
export { repositoryPath } from './repository-path.js';
export { type CommandEnd, commandEnd, runCommand, runProgram } from './run-command.js';
