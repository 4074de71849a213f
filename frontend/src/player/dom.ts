// Small steps in the page. No markup from strings: what a person wrote is never parsed as HTML.

type Attributes = Record<string, string | number | boolean | undefined>;

export function find<T extends Element = HTMLElement>(selector: string, within: ParentNode = document): T {
  const found = within.querySelector<T>(selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return found;
}

export function maybe<T extends Element = HTMLElement>(selector: string, within: ParentNode = document): T | null {
  return within.querySelector<T>(selector);
}

export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  set(made, attributes);
  made.append(...children);
  return made;
}

export function draw<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): SVGElementTagNameMap[K] {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  set(made, attributes);
  made.append(...children);
  return made;
}

export function set(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
}

/** The token every changing call carries. */
export function csrf(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
}

export async function send<T>(address: string, payload: unknown): Promise<T> {
  const response = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json", "X-CSRF-Token": csrf() },
    body: JSON.stringify(payload),
  });
  const said = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  if (!response.ok) throw new Error(sentence(said) || `the app answered ${response.status}`);
  return said as T;
}

export async function fetched<T>(address: string): Promise<T> {
  const response = await fetch(address, { headers: { accept: "application/json" } });
  if (!response.ok) throw new Error(`the app answered ${response.status} for ${address}`);
  return (await response.json()) as T;
}

function sentence(said: Record<string, unknown>): string {
  const { title, detail } = said; // problem+json
  return typeof title === "string" ? title : typeof detail === "string" ? detail : "";
}

/** One rule of the theme, such as `--left`, as the browser resolves it now. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
