/** Text inside XML and HTML. */

const HALF = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
/** What no document of XML may hold besides: control characters, and two that are no characters. */
// eslint-disable-next-line no-control-regex
const NONE = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Halves of surrogate pairs, which no text in UTF-8 holds, become U+FFFD. */
export const wellFormed = (text: string): string => text.replace(HALF, "\ufffd");

/** Safe as text and as an attribute's value in quotes. What XML has no place for becomes U+FFFD. */
export const escaped = (text: string): string =>
  wellFormed(text)
    .replace(NONE, "\ufffd")
    .replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);
