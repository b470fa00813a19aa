/** Text inside XML and HTML. */

/** What no document of XML may hold: control characters, halves of surrogate pairs and two that are no characters. */
// eslint-disable-next-line no-control-regex
const NONE = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Safe as text and as an attribute's value in quotes. What XML has no place for becomes U+FFFD. */
export const escaped = (text: string): string =>
  text.replace(NONE, "\ufffd").replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);
