// What a lesson says, read from the transcript on the page.
import { find } from "../player/dom";

export interface Line {
  readonly item: HTMLElement;
  readonly text: string;
  readonly part: string;
  readonly figure: string;
  readonly spoken: number;
  readonly pause: number;
  /** When it begins, at a calm voice [s]. */
  readonly start: number;
}

export interface Script {
  readonly lines: readonly Line[];
  readonly titles: ReadonlyMap<string, string>;
  readonly seconds: number;
}

/** Read the transcript; `stretch` makes the pauses longer or shorter. */
export function scriptOf(root: ParentNode, stretch: number): Script {
  let start = 0;
  const lines: Line[] = [];
  const titles = new Map<string, string>();
  for (const item of root.querySelectorAll<HTMLElement>("[data-line]")) {
    const part = item.dataset["part"] ?? "";
    const [spoken, pause] = [Number(item.dataset["spoken"]), Number(item.dataset["pause"]) * stretch];
    const text = find(".text", item).textContent ?? "";
    lines.push({ item, text, part, figure: item.dataset["figure"] ?? "", spoken, pause, start });
    titles.set(part, find(`#t-${part}`, root).firstChild?.textContent?.trim() ?? "");
    start += spoken + pause;
  }
  return { lines, titles, seconds: start };
}
