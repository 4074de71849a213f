// Exchange left and right over a span of frames.
import { find } from "../dom";
import type { Panel, Tool } from "./panel";

export class LegsTool implements Tool {
  private first: number | null = null;
  private last: number | null = null;
  private readonly done: HTMLButtonElement;

  constructor(private readonly panel: Panel) {
    const { box, session } = panel;
    this.done = find<HTMLButtonElement>("[data-legs-done]", box);
    find("[data-legs-first]", box).addEventListener("click", () => this.set(session.player.frame, this.last));
    find("[data-legs-last]", box).addEventListener("click", () => this.set(this.first, session.player.frame));
    this.done.addEventListener("click", () => this.exchange());
  }

  take(): void {
    this.set(null, null);
  }

  leave(): void {
    this.set(null, null);
  }

  private set(first: number | null, last: number | null): void {
    [this.first, this.last] = [first, last];
    const words =
      first === null && last === null
        ? ""
        : first === null
          ? `To frame ${last}.`
          : last === null
            ? `From frame ${first}.`
            : first <= last
              ? `Frames ${first} to ${last}.`
              : "The last frame comes before the first.";
    find("[data-legs-said]", this.panel.box).textContent = words;
    this.done.disabled = first === null || last === null || first > last;
  }

  private exchange(): void {
    if (this.first === null || this.last === null) return;
    this.panel.take({ kind: "legs_exchanged", first_frame: this.first, last_frame: this.last });
    this.panel.tell(`Legs exchanged in frames ${this.first} to ${this.last}.`);
    this.set(null, null);
  }
}
