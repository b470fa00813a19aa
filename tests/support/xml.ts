/** XML as a strict parser sees it: throws where it is not well-formed. */
import { SaxesParser } from "saxes";

export interface Seen {
  /** The names of all elements, in order. */
  readonly elements: readonly string[];
  /** What stands in elements of a name. */
  readonly textsOf: (element: string) => readonly string[];
  /** The names of all attributes, once each. */
  readonly attributes: ReadonlySet<string>;
}

export function parseXml(text: string): Seen {
  const parser = new SaxesParser();
  const elements: string[] = [];
  const attributes = new Set<string>();
  const open: { name: string; text: string }[] = [];
  const texts: { name: string; text: string }[] = [];
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes: own }) => {
    elements.push(name);
    for (const key of Object.keys(own)) attributes.add(key);
    open.push({ name, text: "" });
  });
  parser.on("text", (part) => {
    const top = open.at(-1);
    if (top) top.text += part;
  });
  parser.on("closetag", () => {
    const top = open.pop();
    if (top) texts.push(top);
  });
  parser.write(text).close();
  return { elements, attributes, textsOf: (element) => texts.filter(({ name }) => name === element).map((one) => one.text) };
}
