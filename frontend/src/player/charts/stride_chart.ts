// One quantity through the stride: both legs' means with their spread, healthy runners, the stride on screen as a
// thin line, and a cursor for each leg that follows the video.
import { nearestFrame } from "../clock";
import { draw, set } from "../dom";
import type { Player } from "../player";
import { phaseIn, strideAt, stridesOf } from "../steps";
import type { Stride } from "../steps";
import type { MeanStride, Side } from "../track";
import { numbers, SIDES, signalAt } from "../track";
import { fixed } from "../words";
import { areaOf, pathOf, Scale, spanOf, ticks } from "./axes";

export interface Panel {
  curve: string;
  title: string;
  unit: string;
  factor: number;
  up: string;
  down: string;
}

export interface Norm {
  phase: number[];
  low: number[];
  high: number[];
  who: string;
}

const LEFT = 50, RIGHT = 10, TOP = 22, BELOW = 34;

export class StrideChart {
  private readonly strides: Record<Side, Stride[]>;
  private readonly svg: SVGSVGElement;
  private x = new Scale(0, 100, LEFT, 300);
  private y = new Scale(0, 1, 180, TOP);
  private readonly now: Record<Side, { line: SVGLineElement; dot: SVGCircleElement; trace: SVGPathElement }>;
  private traced: Partial<Record<Side, Stride | undefined>> = {};
  private wide = 0;

  constructor(
    private readonly host: HTMLElement,
    private readonly player: Player,
    private readonly panel: Panel,
    private readonly norm: Norm | undefined,
  ) {
    const { steps } = player.track;
    this.strides = { left: stridesOf(steps, "left"), right: stridesOf(steps, "right") };
    this.svg = draw("svg", { class: "chart", role: "img", "aria-label": this.label() });
    this.now = { left: cursor("left"), right: cursor("right") };
    host.append(this.svg);
    new ResizeObserver(() => this.layOut()).observe(host);
    player.listen((cause) => {
      if (cause === "shown") this.follow();
    });
    this.takeClicks();
  }

  private get held(): [Side, MeanStride][] {
    return SIDES.flatMap((side): [Side, MeanStride][] => {
      const stride = this.player.track.meanStrides[side];
      return stride?.curves[this.panel.curve] ? [[side, stride]] : [];
    });
  }

  private band(stride: MeanStride): { mean: number[]; sd: number[] } {
    const curve = stride.curves[this.panel.curve]!, { factor } = this.panel;
    const mean = Array.from(numbers(curve.mean), (value) => factor * value);
    return { mean, sd: Array.from(numbers(curve.sd), (value) => factor * (Number.isFinite(value) ? value : 0)) };
  }

  private label(): string {
    const said = this.held.map(([side, stride]) => {
      const { mean } = this.band(stride), known = mean.filter(Number.isFinite);
      return `${side} leg from ${fixed(Math.min(...known), 0)} to ${fixed(Math.max(...known), 0)} ${this.panel.unit}`;
    });
    return `${this.panel.title} over the stride: ${said.join(", ")}`;
  }

  // ---- drawing ----

  private layOut(): void {
    const wide = this.host.clientWidth;
    if (!wide || Math.abs(wide - this.wide) < 1) return;
    this.wide = wide;
    const tall = Math.round(Math.min(Math.max(0.52 * wide, 215), 270));
    const ends: number[] = [];
    for (const [, stride] of this.held) {
      const { mean, sd } = this.band(stride);
      mean.forEach((value, i) => ends.push(value - sd[i]!, value + sd[i]!));
    }
    for (const edge of [this.norm?.low, this.norm?.high]) ends.push(...(edge ?? []).map((value) => value * this.panel.factor));
    this.x = new Scale(0, 100, LEFT, wide - RIGHT);
    this.y = new Scale(...spanOf(ends), tall - BELOW, TOP);
    set(this.svg, { viewBox: `0 0 ${wide} ${tall}`, width: wide, height: tall });
    this.svg.replaceChildren(...this.frame(tall), ...this.normArea(), ...this.held.flatMap((one) => this.leg(...one)));
    for (const side of SIDES) this.svg.append(this.now[side].trace, this.now[side].line, this.now[side].dot);
    this.traced = {};
    this.follow();
  }

  private frame(tall: number): SVGElement[] {
    const { x, y, panel } = this, parts: SVGElement[] = [];
    for (const value of ticks(y.low, y.high, 5)) {
      const at = y.at(value);
      parts.push(draw("line", { x1: x.start, x2: x.end, y1: at, y2: at, class: value === 0 ? "zero" : "grid" }));
      parts.push(draw("text", { x: x.start - 6, y: at + 4, class: "tick", "text-anchor": "end" }, fixed(value, value % 1 ? 1 : 0)));
    }
    for (const value of [0, 20, 40, 60, 80, 100])
      parts.push(draw("text", { x: x.at(value), y: tall - BELOW + 15, class: "tick", "text-anchor": "middle" }, String(value)));
    parts.push(draw("text", { x: (x.start + x.end) / 2, y: tall - 4, class: "note", "text-anchor": "middle" }, "% of stride, from first contact"));
    const along = (at: number): string => `translate(10 ${at}) rotate(-90)`;
    parts.push(draw("text", { transform: along(TOP), class: "note", "text-anchor": "end" }, `${panel.up} →`));
    parts.push(draw("text", { transform: along(tall - BELOW), class: "note" }, `← ${panel.down}`));
    return parts;
  }

  private normArea(): SVGElement[] {
    if (!this.norm) return [];
    const { phase, low, high } = this.norm, { x, y, panel } = this;
    const edge = (values: number[]): number[] => values.map((value) => y.at(panel.factor * value));
    return [draw("path", { d: areaOf(phase.map((p) => x.at(p)), edge(low), edge(high)), class: "norm" })];
  }

  private leg(side: Side, stride: MeanStride): SVGElement[] {
    const { x, y } = this, { mean, sd } = this.band(stride);
    const across = stride.phase_percent.map((phase) => x.at(phase));
    const parts: SVGElement[] = [
      draw("path", { d: areaOf(across, mean.map((m, i) => y.at(m - sd[i]!)), mean.map((m, i) => y.at(m + sd[i]!))), class: `${side} spread` }),
      draw("path", { d: pathOf(across.map((place, i) => [place, y.at(mean[i]!)])), class: `${side} curve` }),
    ];
    for (const [at, kind] of [[stride.midstance_percent, "event midstance"], [stride.toe_off_percent, "event"]] as const)
      if (at !== null) parts.push(draw("line", { x1: x.at(at), x2: x.at(at), y1: TOP, y2: y.start, class: `${side} ${kind}` }));
    if (side === this.held[0]?.[0]) parts.push(...this.eventNames());
    return parts;
  }

  private eventNames(): SVGElement[] {
    const mean = (key: "midstance_percent" | "toe_off_percent"): number => {
      const known = this.held.map(([, stride]) => stride[key]).filter((at) => at !== null);
      return known.reduce((sum, at) => sum + at, 0) / known.length;
    };
    // Close together on a narrow chart: one name ends at its line, the other begins there.
    const named = [["midstance", "midstance_percent", "end", 8], ["toe-off", "toe_off_percent", "start", -8]] as const;
    return named.flatMap(([words, key, anchor, shift]) => {
      const at = mean(key);
      if (!Number.isFinite(at)) return [];
      return [draw("text", { x: this.x.at(at) + shift, y: TOP - 8, class: "note", "text-anchor": anchor }, words)];
    });
  }

  // ---- following the video ----

  private value(side: Side, time: number): number {
    const { track } = this.player, own = `${side}_${this.panel.curve}`;
    return this.panel.factor * signalAt(track, track.signals.has(own) ? own : this.panel.curve, time);
  }

  private follow(): void {
    if (!this.wide) return;
    const { time } = this.player;
    for (const side of SIDES) {
      const { line, dot, trace } = this.now[side];
      const stride = this.held.some(([own]) => own === side) ? strideAt(this.strides[side], time) : undefined;
      const at = stride ? this.x.at(100 * phaseIn(stride, time)) : NaN;
      const value = stride ? this.y.at(this.value(side, time)) : NaN;
      set(line, { x1: at || 0, x2: at || 0, y1: TOP, y2: this.y.start, visibility: stride ? "visible" : "hidden" });
      set(dot, { cx: at || 0, cy: value || 0, visibility: Number.isFinite(value) ? "visible" : "hidden" });
      if (this.traced[side] === stride) continue;
      this.traced[side] = stride;
      trace.setAttribute("d", stride ? this.traceOf(side, stride) : "");
    }
  }

  private traceOf(side: Side, stride: Stride): string {
    const points: [number, number][] = [];
    for (let k = 0; k <= 100; k++) {
      const time = stride.start + (k / 100) * (stride.end - stride.start);
      points.push([this.x.at(k), this.y.at(this.value(side, time))]);
    }
    return pathOf(points);
  }

  /** A press takes the video to that moment of the stride on screen, of the leg whose curve is nearer. */
  private takeClicks(): void {
    const go = (event: PointerEvent): void => {
      const { left, top } = this.svg.getBoundingClientRect();
      const phase = this.x.back(event.clientX - left) / 100, high = event.clientY - top;
      if (phase < 0 || phase > 1) return;
      const times = this.held.flatMap(([side]) => {
        const stride = strideAt(this.strides[side], this.player.time) ?? this.strides[side][0];
        if (!stride) return [];
        const time = stride.start + phase * (stride.end - stride.start);
        return [{ time, off: Math.abs(this.y.at(this.value(side, time)) - high) || 0 }];
      });
      const best = times.sort((one, other) => one.off - other.off)[0];
      if (!best) return;
      this.player.pause();
      void this.player.seek(nearestFrame(this.player.track.time, best.time));
    };
    this.svg.addEventListener("pointerdown", go);
  }
}

function cursor(side: Side): { line: SVGLineElement; dot: SVGCircleElement; trace: SVGPathElement } {
  return {
    trace: draw("path", { class: `${side} trace` }),
    line: draw("line", { class: `${side} cursor`, visibility: "hidden" }),
    dot: draw("circle", { r: 4.5, class: `${side} mark`, visibility: "hidden" }),
  };
}
