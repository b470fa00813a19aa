/** Types are read once: a file has thousands of columns of a few types. */

/** More different ones than this are read anew each time. */
const MOST = 10_000;

/** The same function, which reads fields that say the same only once. A field is plain data. */
export function remembered<Field>(read: (field: Field) => string): (field: Field) => string {
  const known = new Map<string, string>();
  return (field) => {
    const key = JSON.stringify(field);
    const found = known.get(key) ?? read(field);
    if (known.size < MOST) known.set(key, found);
    return found;
  };
}
