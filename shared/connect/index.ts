/**
 * This part is in charge of what a person says to reach a live database: pasted addresses, with the password apart, and the choice
 * of protection in plain words.
 */
export { type Address, readAddress, writeAddress } from "./address.ts";
export { looksNear, tlsChoices, type TlsMode, type TlsWords } from "./tls.ts";
