// Correct by hand: which tool is in hand, the list of corrections with undo, and working it all out again.
import { find, make, send } from "../dom";
import type { Moved } from "../overlay";
import { reshaped } from "../session";
import type { Session } from "../session";
import type { Timeline } from "../timeline";
import type { Correction } from "./corrections";
import { added, frameOf, movedIn, said, stepsWith } from "./corrections";
import { EventTool } from "./event_tool";
import { LegsTool } from "./legs_tool";
import { PersonTool } from "./person_tool";
import { PointTool } from "./point_tool";
import { followJob } from "./job";

export interface Tool {
  take(): void;
  leave(): void;
  shown?(): void;
}

export class Panel {
  readonly box: HTMLElement;
  private readonly tools: Record<string, Tool>;
  private tool: Tool | null = null;
  private kept: Correction[]; // made before, in this analysis already
  private own: Correction[] = [];
  private readonly past: { kept: Correction[]; own: Correction[] }[] = [];

  constructor(
    readonly session: Session,
    readonly timeline: Timeline,
  ) {
    this.box = find("[data-correct]", session.root);
    this.kept = [...session.view.corrections];
    this.own = this.remembered();
    this.tools = {
      point: new PointTool(this),
      event: new EventTool(this),
      legs: new LegsTool(this),
      person: new PersonTool(this),
    };
    session.stage.moved = (frame) => this.moved(frame);
    session.player.listen((cause) => {
      if (cause === "shown") this.tool?.shown?.();
    });
    this.takeButtons();
    this.show();
  }

  private takeButtons(): void {
    for (const radio of this.box.querySelectorAll<HTMLInputElement>('input[name="tool"]'))
      radio.addEventListener("change", () => this.choose(radio.value));
    find("[data-undo]", this.box).addEventListener("click", () => this.undo());
    find("[data-correct-stop]", this.box).addEventListener("click", () => this.close());
    find("[data-recompute]", this.box).addEventListener("click", () => void this.recompute());
    this.session.root.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.key !== "z" || !this.open) return;
      if ((event.target as Element).closest("input, textarea")) return;
      event.preventDefault();
      this.undo();
    });
  }

  private get open(): boolean {
    return this.session.root.classList.contains("correcting");
  }

  start(): void {
    this.session.root.classList.add("correcting");
    find("#correct-tools", this.box).hidden = false;
    const button = find("[data-correct-start]", this.box);
    button.setAttribute("aria-expanded", "true");
    button.hidden = true;
    const chosen = this.box.querySelector<HTMLInputElement>('input[name="tool"]:checked');
    this.choose(chosen?.value ?? "point");
    chosen?.focus({ preventScroll: true });
    find("#correct", this.session.root).scrollIntoView({ block: "start", behavior: "smooth" });
  }

  close(): void {
    this.tool?.leave();
    this.tool = null;
    this.session.root.classList.remove("correcting");
    find("#correct-tools", this.box).hidden = true;
    const button = find("[data-correct-start]", this.box);
    button.setAttribute("aria-expanded", "false");
    button.hidden = false;
    button.focus();
  }

  private choose(name: string): void {
    this.tool?.leave();
    for (const part of this.box.querySelectorAll<HTMLElement>("[data-tool]")) part.hidden = part.dataset["tool"] !== name;
    this.session.root.dataset["tool"] = name;
    this.tool = this.tools[name] ?? null;
    this.session.player.pause();
    this.tool?.take();
    this.session.stage.redraw();
    this.timeline.redraw();
  }

  // ---- the list ----

  moved(frame: number): Moved {
    return movedIn(this.own, this.session.track, frame);
  }

  /** Take a correction. `again` puts it in place of the one just made: a point that is nudged along. */
  take(next: Correction, again = false): void {
    if (!again) this.past.push({ kept: this.kept, own: this.own });
    this.own = added(this.own, next);
    if (next.kind === "person_chosen") this.kept = [];
    this.show();
  }

  undo(): void {
    const before = this.past.pop();
    if (!before) return;
    ({ kept: this.kept, own: this.own } = before);
    this.show();
    this.tell("Undone.");
  }

  private drop(one: Correction): void {
    this.past.push({ kept: this.kept, own: this.own });
    this.kept = this.kept.filter((other) => other !== one);
    this.own = this.own.filter((other) => other !== one);
    this.show();
  }

  tell(words: string): void {
    find("[data-correct-said]", this.box).textContent = words;
  }

  private show(): void {
    const { track, view } = this.session;
    const list = find("[data-corrections]", this.box);
    const all = [...this.kept, ...this.own];
    list.replaceChildren(...all.map((one) => this.row(one)));
    if (!all.length) list.append(make("li", { class: "soft small" }, "None yet."));
    find<HTMLButtonElement>("[data-undo]", this.box).disabled = this.past.length === 0;
    const same = this.own.length === 0 && this.kept.length === view.corrections.length;
    find<HTMLButtonElement>("[data-recompute]", this.box).disabled = same || all.length === 0;
    const marks = this.own.map((one) => ({ frame: frameOf(one, track), kind: "correction" as const }));
    this.timeline.marks = [...this.timeline.marks.filter(({ kind }) => kind === "note"), ...marks];
    this.remember();
    reshaped(this.session, stepsWith(this.own, track));
    this.tool?.shown?.();
  }

  private row(one: Correction): HTMLElement {
    const go = make("button", { type: "button", class: "link" }, said(one));
    go.addEventListener("click", () => void this.session.player.seek(frameOf(one, this.session.track)));
    const away = make("button", { type: "button", class: "button small quiet", "aria-label": `Take back: ${said(one)}` }, "Take back");
    away.addEventListener("click", () => this.drop(one));
    return make("li", {}, go, this.kept.includes(one) ? make("span", { class: "soft small" }, "made before") : "", away);
  }

  // ---- kept through a reload, in this tab only ----

  private get key(): string {
    return `midstance-corrections-${this.session.view.id}`;
  }

  private remembered(): Correction[] {
    try {
      return JSON.parse(sessionStorage.getItem(this.key) ?? "[]") as Correction[];
    } catch {
      return [];
    }
  }

  private remember(): void {
    try {
      if (this.own.length) sessionStorage.setItem(this.key, JSON.stringify(this.own));
      else sessionStorage.removeItem(this.key);
    } catch {
      // A browser that keeps nothing still corrects.
    }
  }

  // ---- working it out ----

  private async recompute(): Promise<void> {
    const button = find<HTMLButtonElement>("[data-recompute]", this.box);
    button.disabled = true;
    this.tell("Sending …");
    // What was made before and what was made now, a second word on the same thing in place of the first.
    const corrections = this.own.reduce<Correction[]>((list, one) => added(list, one), this.kept);
    try {
      const asked = await send<{ analysis_id: string; job_id: string }>(`/api/v1/analyses/${this.session.view.id}/corrections`, { corrections });
      await followJob(asked.job_id, (words) => this.tell(words));
      sessionStorage.removeItem(this.key);
      location.assign(`/analyses/${asked.analysis_id}#frame=${this.session.player.frame}`);
    } catch (error) {
      button.disabled = false;
      this.tell(`It could not be worked out: ${error instanceof Error ? error.message : String(error)}. Nothing is lost.`);
    }
  }
}

let panel: Panel | null = null;

export function startCorrecting(session: Session, timeline: Timeline): void {
  panel ??= new Panel(session, timeline);
  panel.start();
}
