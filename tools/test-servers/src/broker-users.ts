/** The users of every broker that this package starts. */
export const ADMINISTRATOR = { username: 'comms', password: 'comms-secret' };

export const RESTRICTED = {
  username: 'restricted',
  password: 'restricted-secret',
  allowedPrefix: 'restricted.',
};
