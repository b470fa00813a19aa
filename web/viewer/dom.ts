/** Elements with text in them. Nothing is ever made of markup: names are whatever they like. */
type Child = Node | string;

interface Attributes {
  readonly class?: string;
  readonly title?: string;
  readonly onclick?: () => void;
}

export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  { class: classes, title, onclick }: Attributes,
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  if (classes !== undefined) made.className = classes;
  if (title !== undefined) made.title = title;
  if (onclick) made.addEventListener("click", onclick);
  made.append(...children);
  return made;
}

/** The element of the page's own markup with this id. */
export function part(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no ${id}`);
  return found;
}
