// The time line: the whole clip below, two and a half seconds of it above. Contacts are bars in the colour of
// their leg, a notch marks midstance. Both are for the pointer; the keyboard has its own ways to the same frames.
import { clamped, nearestFrame } from "./clock";
import { colour, find } from "./dom";
import type { Player } from "./player";
import { sized } from "./stage";
import type { Moment, Side, Step } from "./track";
import { SIDES } from "./track";
import { eventIn, eventsOf, MOMENT_WORDS } from "./steps";
import { seconds } from "./words";

const WINDOW_S = 2.4;
const MARGIN = 18; // room for the letters of the legs

export interface Grip {
  step: Step;
  moment: Moment;
}

export class Timeline {
  /** Steps as shown: with corrections, where there are some. */
  steps: Step[];
  marks: { frame: number; kind: "note" | "correction" }[] = [];
  /** While set, events can be taken hold of; told where one is put. */
  move: ((grip: Grip, frame: number, done: boolean) => void) | null = null;
  private readonly near: HTMLCanvasElement;
  private readonly whole: HTMLCanvasElement;
  private readonly slider: HTMLElement;
  private due = false;

  constructor(
    box: HTMLElement,
    private readonly player: Player,
  ) {
    this.steps = player.track.steps;
    this.near = find<HTMLCanvasElement>(".near", box);
    this.whole = find<HTMLCanvasElement>(".whole", box);
    this.slider = find('[role="slider"]', box);
    new ResizeObserver(() => this.redraw()).observe(box);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.redraw());
    player.listen(() => this.redraw());
    this.takeWhole();
    this.takeNear();
  }

  redraw(): void {
    if (this.due) return;
    this.due = true;
    requestAnimationFrame(() => {
      this.due = false;
      this.draw();
    });
  }

  private get ends(): [number, number] {
    const { time } = this.player.track;
    return [time[0] ?? 0, time[time.length - 1] ?? 1];
  }

  private get window(): [number, number] {
    const [first, last] = this.ends;
    const half = Math.min(WINDOW_S, last - first) / 2;
    const middle = clamped(this.player.time, first + half, last - half);
    return [middle - half, middle + half];
  }

  // ---- drawing ----

  private draw(): void {
    const ink = palette();
    this.drawStrip(this.near, this.window, ink, true);
    this.drawStrip(this.whole, this.ends, ink, false);
    const { frame, last } = this.player;
    const event = eventIn(eventsOf(this.steps), frame);
    this.slider.setAttribute("aria-valuemax", String(last));
    this.slider.setAttribute("aria-valuenow", String(frame));
    const what = event ? `, ${event.side} ${MOMENT_WORDS[event.moment]}` : "";
    this.slider.setAttribute("aria-valuetext", `frame ${frame}, ${seconds(this.player.time)}${what}`);
  }

  private drawStrip(canvas: HTMLCanvasElement, [from, to]: [number, number], ink: Ink, near: boolean): void {
    const size = { width: canvas.clientWidth, height: canvas.clientHeight };
    const context = sized(canvas, size);
    const x = (time: number): number => MARGIN + ((time - from) / (to - from || 1)) * (size.width - MARGIN - 4);
    const row = (side: Side): number => (near ? (side === "left" ? 5 : 27) : side === "left" ? 4 : 13);
    const tall = near ? 16 : 7;
    if (near && this.player.span) this.drawSpan(context, x, size.height, ink);
    context.font = "600 11px Inter, system-ui, sans-serif";
    context.textBaseline = "middle";
    for (const side of SIDES) {
      context.fillStyle = ink.sunk;
      context.fillRect(MARGIN, row(side), size.width - MARGIN - 4, tall);
      context.fillStyle = ink[side];
      if (near) context.fillText(side === "left" ? "L" : "R", 2, row(side) + tall / 2 + 0.5);
    }
    for (const step of this.steps) this.drawStep(context, step, x, row(step.side), tall, ink, near);
    if (!near) this.drawWindow(context, x, size.height, ink);
    for (const mark of this.marks) this.drawMark(context, x(this.player.track.time[mark.frame] ?? 0), size.height, ink, mark.kind);
    context.fillStyle = ink.ink;
    const now = x(this.player.time);
    context.fillRect(now - 1, 0, 2, size.height);
    context.beginPath();
    context.arc(now, size.height - (near ? 4 : 3), near ? 4 : 3, 0, 7);
    context.fill();
  }

  private drawStep(context: CanvasRenderingContext2D, step: Step, x: (time: number) => number, top: number, tall: number, ink: Ink, near: boolean): void {
    if (step.initial_contact_s === null || step.toe_off_s === null) return;
    const left = Math.max(x(step.initial_contact_s), MARGIN), right = x(step.toe_off_s);
    if (right <= left) return;
    context.globalAlpha = step.complete ? 1 : 0.45;
    context.fillStyle = ink[step.side];
    context.beginPath();
    context.roundRect(left, top, right - left, tall, near ? 4 : 2);
    context.fill();
    context.globalAlpha = 1;
    if (step.midstance_s === null || x(step.midstance_s) < MARGIN) return;
    context.fillStyle = ink.card;
    context.fillRect(x(step.midstance_s) - (near ? 1.25 : 0.75), top, near ? 2.5 : 1.5, tall);
    if (near && this.move) this.drawGrips(context, step, x, top, tall, ink);
  }

  private drawGrips(context: CanvasRenderingContext2D, step: Step, x: (time: number) => number, top: number, tall: number, ink: Ink): void {
    for (const time of [step.initial_contact_s, step.midstance_s, step.toe_off_s]) {
      if (time === null || x(time) < MARGIN) continue;
      context.beginPath();
      context.roundRect(x(time) - 3.5, top - 3, 7, tall + 6, 3.5);
      context.fillStyle = ink.card;
      context.strokeStyle = ink[step.side];
      context.lineWidth = 2;
      context.fill();
      context.stroke();
    }
  }

  private drawSpan(context: CanvasRenderingContext2D, x: (time: number) => number, tall: number, ink: Ink): void {
    const { time } = this.player.track, span = this.player.span!;
    const left = Math.max(x(time[span.first]!), MARGIN);
    context.fillStyle = ink.accentSunk;
    context.fillRect(left, 0, x(time[span.last]!) - left, tall);
  }

  private drawWindow(context: CanvasRenderingContext2D, x: (time: number) => number, tall: number, ink: Ink): void {
    const [from, to] = this.window, [first, last] = this.ends;
    if (to - from >= last - first - 1e-6) return;
    context.strokeStyle = ink.soft;
    context.lineWidth = 1;
    context.strokeRect(x(from) + 0.5, 0.5, x(to) - x(from) - 1, tall - 1);
  }

  private drawMark(context: CanvasRenderingContext2D, x: number, tall: number, ink: Ink, kind: string): void {
    if (x < MARGIN) return;
    context.fillStyle = kind === "note" ? ink.accent : ink.ink;
    context.beginPath();
    context.moveTo(x - 4, 0);
    context.lineTo(x + 4, 0);
    context.lineTo(x, 6);
    context.fill();
    context.fillRect(x - 0.5, 0, 1, tall);
  }

  // ---- the pointer ----

  private timeAt(canvas: HTMLCanvasElement, [from, to]: [number, number], clientX: number): number {
    const { left, width } = canvas.getBoundingClientRect();
    return from + clamped((clientX - left - MARGIN) / (width - MARGIN - 4), 0, 1) * (to - from);
  }

  private frameAt(time: number): number {
    return nearestFrame(this.player.track.time, time);
  }

  private takeWhole(): void {
    const scrub = (event: PointerEvent): void => {
      this.player.pause();
      void this.player.seek(this.frameAt(this.timeAt(this.whole, this.ends, event.clientX)));
    };
    this.whole.addEventListener("pointerdown", (event) => {
      this.whole.setPointerCapture(event.pointerId);
      scrub(event);
    });
    this.whole.addEventListener("pointermove", (event) => {
      if (event.buttons) scrub(event);
    });
  }

  /** Above, the window moves with the frame: a drag pulls time along, a press jumps to where it lands. */
  private takeNear(): void {
    let from = 0, at = 0, drawn = false, held: Grip | null = null, frozen: [number, number] = [0, 1];
    this.near.addEventListener("pointerdown", (event) => {
      this.near.setPointerCapture(event.pointerId);
      this.player.pause();
      [from, at, drawn, frozen] = [event.clientX, this.player.time, false, this.window];
      held = this.move ? this.gripAt(event) : null;
    });
    this.near.addEventListener("pointermove", (event) => {
      if (!event.buttons) return;
      if (Math.abs(event.clientX - from) > 3) drawn = true;
      if (!drawn) return;
      if (held) return this.move?.(held, this.frameAt(this.timeAt(this.near, frozen, event.clientX)), false);
      const perPixel = (frozen[1] - frozen[0]) / (this.near.clientWidth - MARGIN - 4);
      void this.player.seek(this.frameAt(at - (event.clientX - from) * perPixel));
    });
    this.near.addEventListener("pointerup", (event) => {
      const frame = this.frameAt(this.timeAt(this.near, frozen, event.clientX));
      if (held && drawn) this.move?.(held, frame, true);
      else if (!drawn) void this.player.seek(this.snapped(frame));
      held = null;
    });
  }

  /** A press close to an event means the event. */
  private snapped(frame: number): number {
    const [from, to] = this.window;
    const reach = (6 * (to - from)) / this.near.clientWidth;
    const time = this.player.track.time[frame] ?? 0;
    const close = eventsOf(this.steps).filter((event) => Math.abs(event.time - time) < reach);
    close.sort((one, other) => Math.abs(one.time - time) - Math.abs(other.time - time));
    return close[0]?.frame ?? frame;
  }

  private gripAt(event: PointerEvent): Grip | null {
    const time = this.timeAt(this.near, this.window, event.clientX);
    const side: Side = event.clientY - this.near.getBoundingClientRect().top < 24 ? "left" : "right";
    const [from, to] = this.window;
    const reach = (14 * (to - from)) / this.near.clientWidth;
    const close = eventsOf(this.steps).filter((found) => found.side === side && Math.abs(found.time - time) < reach);
    close.sort((one, other) => Math.abs(one.time - time) - Math.abs(other.time - time));
    return close[0] ? { step: close[0].step, moment: close[0].moment } : null;
  }
}

type Ink = Record<"left" | "right" | "sunk" | "card" | "ink" | "soft" | "accent" | "accentSunk", string>;

function palette(): Ink {
  return {
    left: colour("--left"),
    right: colour("--right"),
    sunk: colour("--sunk"),
    card: colour("--card"),
    ink: colour("--ink"),
    soft: colour("--soft"),
    accent: colour("--accent"),
    accentSunk: colour("--accent-sunk"),
  };
}
