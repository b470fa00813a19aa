/** Apart from the contract, because the app asks it too and has no use for what validates. */

/** Longest text that is proved on a scratch server, characters. */
export const MOST_CHARACTERS = 8 * 1024 * 1024;
