// What is drawn over the video, after the same rules as the annotated video and the report's pictures: far side
// first and thinner, a dark rim around every line, dashes for the true vertical.
import { Mapping } from "./mapping";
import { standingStep } from "./steps";
import type { Point, Side, Track } from "./track";
import { pointAt, seen, signalAt, SIDES } from "./track";
import { hipWords } from "./words";

// The picture's own colours (report/colours.py, PICTURE): a video is as dark by day as by night.
const INK = { left: "#3fb0ff", right: "#ff9430", middle: "#e9eef0", line: "#7dffd9", plumb: "#ffffff", halo: "#0c1110" };

export interface Layers {
  skeleton: boolean;
  plumb: boolean;
  confidence: boolean;
  path: boolean;
}

export interface Moved {
  /** Points put elsewhere by hand, in this frame: index → place. */
  points: Map<number, Point>;
  /** Whether the legs are exchanged in this frame. */
  exchanged: boolean;
}

export interface Picture {
  track: Track;
  frame: number;
  mapping: Mapping;
  layers: Layers;
  moved: Moved;
  /** Legs whose hip over ankle is given: what is refused is not shown elsewhere either. */
  given: ReadonlySet<Side>;
  chosen: number | null;
}

export function sideOf(name: string): Side | null {
  return name.startsWith("left_") ? "left" : name.startsWith("right_") ? "right" : null;
}

const LEG = /_(hip|knee|ankle|heel|toe)$/;

/** Index of the mirror point, for points of the legs; others stay. */
function exchangedIndex(names: readonly string[], point: number): number {
  const name = names[point] ?? "";
  if (!LEG.test(name)) return point;
  const other = name.startsWith("left_") ? name.replace("left_", "right_") : name.replace("right_", "left_");
  const found = names.indexOf(other);
  return found < 0 ? point : found;
}

/** Where a point stands in a frame once corrections are taken into account. */
export function placeOf(track: Track, frame: number, point: number, moved: Moved): Point {
  const put = moved.points.get(point);
  if (put) return put;
  return pointAt(track, frame, moved.exchanged ? exchangedIndex(track.names, point) : point);
}

export function drawOverlay(context: CanvasRenderingContext2D, picture: Picture): void {
  const { mapping, track } = picture;
  const pen = new Pen(context, stroke(mapping));
  if (picture.layers.path) drawPaths(pen, picture);
  if (picture.layers.skeleton) drawSkeleton(pen, picture);
  if (picture.layers.plumb) drawHipOverAnkle(pen, picture);
  if (picture.chosen !== null) {
    const place = placeOf(track, picture.frame, picture.chosen, picture.moved);
    if (seen(place)) pen.ring(mapping.toStage(place), "#ffffff", 11);
  }
}

/** Thin at rest, a little thicker when zoomed in, never hiding the limb below. */
function stroke(mapping: Mapping): number {
  const shown = mapping.picture.height * mapping.scale;
  return Math.min(Math.max(shown / 360, 1.3), 3.2);
}

class Pen {
  constructor(
    readonly context: CanvasRenderingContext2D,
    readonly unit: number,
  ) {
    context.lineCap = "round";
    context.lineJoin = "round";
  }

  line(from: Point, to: Point, colour: string, width = 1, dash: number[] = []): void {
    if (!seen(from) || !seen(to)) return;
    const { context, unit } = this;
    for (const [ink, wide] of [[INK.halo, width * unit + unit], [colour, width * unit]] as const) {
      context.beginPath();
      context.setLineDash(dash);
      context.moveTo(from.x, from.y);
      context.lineTo(to.x, to.y);
      context.strokeStyle = ink;
      context.lineWidth = wide;
      context.stroke();
    }
    context.setLineDash([]);
  }

  dot(at: Point, colour: string, radius = 1.5, hollow = false): void {
    if (!seen(at)) return;
    const { context, unit } = this;
    context.beginPath();
    context.arc(at.x, at.y, radius * unit + unit / 2, 0, 7);
    context.fillStyle = INK.halo;
    context.fill();
    context.beginPath();
    context.arc(at.x, at.y, radius * unit, 0, 7);
    context.fillStyle = hollow ? INK.halo : colour;
    context.fill();
    if (hollow) {
      context.strokeStyle = colour;
      context.lineWidth = unit * 0.8;
      context.stroke();
    }
  }

  ring(at: Point, colour: string, radius: number): void {
    const { context } = this;
    for (const [ink, wide] of [[INK.halo, 4], [colour, 2]] as const) {
      context.beginPath();
      context.arc(at.x, at.y, radius, 0, 7);
      context.strokeStyle = ink;
      context.lineWidth = wide;
      context.stroke();
    }
  }

  trace(points: Point[], colour: string): void {
    const { context } = this;
    context.beginPath();
    let down = false;
    for (const point of points) {
      if (!seen(point)) down = false;
      else if (down) context.lineTo(point.x, point.y);
      else {
        context.moveTo(point.x, point.y);
        down = true;
      }
    }
    context.globalAlpha = 0.8;
    context.strokeStyle = colour;
    context.lineWidth = this.unit;
    context.stroke();
    context.globalAlpha = 1;
  }

  label(at: Point, words: string, within: number): void {
    const { context } = this;
    context.font = "600 13px Inter, system-ui, sans-serif";
    const wide = context.measureText(words).width + 14, tall = 23;
    const x = Math.min(Math.max(at.x, 4), within - wide - 4), y = at.y - tall / 2;
    context.beginPath();
    context.roundRect(x, y, wide, tall, 6);
    context.fillStyle = "rgb(12 17 16 / .78)";
    context.fill();
    context.fillStyle = "#ffffff";
    context.textBaseline = "middle";
    context.fillText(words, x + 7, y + tall / 2 + 0.5);
  }
}

function drawSkeleton(pen: Pen, picture: Picture): void {
  const { track, frame, mapping, moved, layers } = picture;
  const near = track.near, far: Side = near === "left" ? "right" : "left";
  const place = (point: number): Point => mapping.toStage(placeOf(track, frame, point, moved));
  for (const [side, width] of [[far, 0.8], [near, 1.25]] as const) {
    const own = track.bones.filter((bone) => bone.every((end) => sideOf(track.names[end]!) === side));
    for (const [from, to] of own) pen.line(place(from), place(to), INK[side], width);
    for (const point of new Set(own.flat())) {
      const sure = track.confidence[frame * track.names.length + point] ?? 1;
      const hollow = layers.confidence && sure < 0.5;
      pen.dot(place(point), INK[side], layers.confidence ? 0.8 + 1.4 * sure : 1.1 * width, hollow);
    }
  }
  for (const [from, to] of track.bones)
    if (sideOf(track.names[from]!) !== sideOf(track.names[to]!)) pen.line(place(from), place(to), INK.middle, 0.7);
}

/** Unit vector that points up along gravity, in the picture (y down). */
export function plumbDirection(rollDeg: number): Point {
  const roll = ((Number.isFinite(rollDeg) ? rollDeg : 0) * Math.PI) / 180;
  return { x: Math.sin(roll), y: -Math.cos(roll) };
}

function drawHipOverAnkle(pen: Pen, picture: Picture): void {
  const { track, frame, mapping, moved, given } = picture;
  const time = track.time[frame] ?? 0;
  const step = standingStep(track.steps, time);
  if (!step) return;
  const point = (part: string): Point => placeOf(track, frame, track.names.indexOf(`${step.side}_${part}`), moved);
  const hip = point("hip"), ankle = point("ankle");
  if (!seen(hip) || !seen(ankle)) return;
  const up = plumbDirection(track.rollDeg);
  const high = (hip.x - ankle.x) * up.x + (hip.y - ankle.y) * up.y;
  const along = (far: number): Point => mapping.toStage({ x: ankle.x + far * up.x, y: ankle.y + far * up.y });
  pen.line(along(-0.12 * high), along(1.35 * high), INK.plumb, 0.8, [5 * pen.unit, 4 * pen.unit]);
  pen.line(mapping.toStage(ankle), mapping.toStage(hip), INK.line, 1.2);
  pen.line(along(high), mapping.toStage(hip), INK.line, 1.2);
  for (const end of [ankle, hip]) pen.dot(mapping.toStage(end), INK.plumb, 1.9);
  const value = signalAt(track, `${step.side}_hip_over_ankle_m`, time);
  if (!given.has(step.side) || !Number.isFinite(value)) return;
  const at = mapping.toStage(hip);
  pen.label({ x: Math.max(at.x, along(high).x) + 12, y: at.y }, `hip ${hipWords(value)}`, mapping.stage.width);
}

/** Where hip and ankles went in the last second: shows a wobble that single frames hide. */
function drawPaths(pen: Pen, picture: Picture): void {
  const { track, frame, mapping } = picture;
  const now = track.time[frame] ?? 0;
  let first = frame;
  while (first > 0 && now - (track.time[first - 1] ?? now) < 0.75) first--;
  for (const side of SIDES)
    for (const part of ["hip", "ankle"]) {
      const point = track.names.indexOf(`${side}_${part}`);
      const places: Point[] = [];
      for (let at = first; at <= frame; at++) places.push(mapping.toStage(pointAt(track, at, point)));
      pen.trace(places, INK[side]);
    }
}
