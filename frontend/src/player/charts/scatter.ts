// Hip over ankle at midstance of every step over time; a press goes to that midstance.
import { draw, set } from "../dom";
import type { Player } from "../player";
import type { Side, Step } from "../track";
import { SIDES } from "../track";
import { fixed } from "../words";
import { Scale, spanOf, ticks } from "./axes";

export const HIP = "hip_over_ankle_at_midstance_m";
export type Estimates = Partial<Record<Side, { value: number; low: number; high: number }>>;

const LEFT = 42, RIGHT = 10, TOP = 12, BELOW = 34, REACH_PX = 18;

export class Scatter {
  private readonly svg: SVGSVGElement;
  private readonly steps: Step[];
  private readonly cursor = draw("line", { class: "now" });
  private readonly ring = draw("circle", { r: 8, class: "ring" });
  private x = new Scale(0, 1, 0, 1);
  private y = new Scale(0, 1, 0, 1);
  private wide = 0;

  constructor(
    private readonly host: HTMLElement,
    private readonly player: Player,
    private readonly estimates: Estimates,
  ) {
    this.steps = player.track.steps.filter((step) => step.midstance_s !== null && step.values[HIP] != null);
    const label = `Hip over ankle at midstance of ${this.steps.length} steps, in centimetres; the table below lists them`;
    this.svg = draw("svg", { class: "chart", role: "img", "aria-label": label });
    host.append(this.svg);
    new ResizeObserver(() => this.layOut()).observe(host);
    player.listen((cause) => {
      if (cause === "shown") this.follow();
    });
    this.svg.addEventListener("pointerdown", (event) => this.go(event));
  }

  private layOut(): void {
    const wide = this.host.clientWidth;
    if (!wide || Math.abs(wide - this.wide) < 1) return;
    this.wide = wide;
    const tall = Math.round(Math.min(Math.max(0.5 * wide, 180), 260));
    const values = this.steps.map((step) => 100 * step.values[HIP]!);
    const ends = SIDES.flatMap((side) => [100 * (this.estimates[side]?.low ?? NaN), 100 * (this.estimates[side]?.high ?? NaN)]);
    const { time } = this.player.track;
    this.x = new Scale(time[0] ?? 0, time[time.length - 1] ?? 1, LEFT, wide - RIGHT);
    this.y = new Scale(...spanOf([...values, ...ends, 0]), tall - BELOW, TOP);
    set(this.svg, { viewBox: `0 0 ${wide} ${tall}`, width: wide, height: tall });
    this.svg.replaceChildren(...this.frame(tall), ...SIDES.flatMap((side) => this.level(side)), this.cursor);
    for (const step of this.steps) this.svg.append(this.mark(step));
    this.svg.append(this.ring);
    this.follow();
  }

  private frame(tall: number): SVGElement[] {
    const { x, y } = this, parts: SVGElement[] = [];
    for (const value of ticks(y.low, y.high, 5)) {
      parts.push(draw("line", { x1: x.start, x2: x.end, y1: y.at(value), y2: y.at(value), class: value === 0 ? "zero" : "grid" }));
      parts.push(draw("text", { x: x.start - 6, y: y.at(value) + 4, class: "tick", "text-anchor": "end" }, fixed(value, value % 1 ? 1 : 0)));
    }
    for (const value of ticks(x.low, x.high, 6))
      parts.push(draw("text", { x: x.at(value), y: tall - BELOW + 15, class: "tick", "text-anchor": "middle" }, fixed(value, value % 1 ? 1 : 0)));
    parts.push(draw("text", { x: x.end, y: tall - 4, class: "note", "text-anchor": "end" }, "time in the clip, s"));
    parts.push(draw("text", { x: x.start + 4, y: TOP + 10, class: "note" }, "↑ hip ahead, cm"));
    parts.push(draw("text", { x: x.start + 4, y: tall - BELOW - 6, class: "note" }, "↓ hip behind"));
    return parts;
  }

  private level(side: Side): SVGElement[] {
    const estimate = this.estimates[side];
    if (!estimate) return [];
    const { x, y } = this, middle = y.at(100 * estimate.value), top = y.at(100 * estimate.high);
    return [
      draw("rect", { x: x.start, y: top, width: x.end - x.start, height: y.at(100 * estimate.low) - top, class: `${side} spread` }),
      draw("line", { x1: x.start, x2: x.end, y1: middle, y2: middle, class: `${side} level` }),
    ];
  }

  private placeOf(step: Step): { x: number; y: number } {
    return { x: this.x.at(step.midstance_s!), y: this.y.at(100 * step.values[HIP]!) };
  }

  private mark(step: Step): SVGElement {
    const { x, y } = this.placeOf(step);
    const whole = step.complete && this.estimates[step.side];
    const kind = `${step.side} step${whole ? "" : " hollow"}`;
    const said = draw("title", {}, `${step.side} step, ${fixed(100 * step.values[HIP]!, 1)} cm, frame ${step.midstance_frame}`);
    if (step.side === "left") return draw("circle", { cx: x, cy: y, r: 4.5, class: kind }, said);
    return draw("rect", { x: x - 4, y: y - 4, width: 8, height: 8, class: kind }, said);
  }

  private follow(): void {
    if (!this.wide) return;
    const at = this.x.at(this.player.time);
    set(this.cursor, { x1: at, x2: at, y1: TOP, y2: this.y.start });
    const here = this.steps.find((step) => step.midstance_frame === this.player.frame);
    const place = here ? this.placeOf(here) : { x: 0, y: 0 };
    set(this.ring, { cx: place.x, cy: place.y, visibility: here ? "visible" : "hidden" });
  }

  private go(event: PointerEvent): void {
    const { left, top } = this.svg.getBoundingClientRect();
    const off = (step: Step): number => {
      const { x, y } = this.placeOf(step);
      return Math.hypot(x - (event.clientX - left), y - (event.clientY - top));
    };
    const near = [...this.steps].sort((one, other) => off(one) - off(other))[0];
    if (!near || off(near) > REACH_PX) return;
    this.player.pause();
    void this.player.seek(near.midstance_frame!);
  }
}
