// What player.json holds, unpacked once into flat arrays: a clip of 30 s at 240 Hz has 7 200 frames, and the
// overlay looks points up in every one of them.

export type Side = "left" | "right";
export type Moment = "initial_contact" | "midstance" | "toe_off";
export const SIDES: readonly Side[] = ["left", "right"];
export const MOMENTS: readonly Moment[] = ["initial_contact", "midstance", "toe_off"];

export interface Step {
  index: number;
  side: Side;
  complete: boolean;
  initial_contact_s: number | null;
  midstance_s: number | null;
  toe_off_s: number | null;
  initial_contact_frame: number | null;
  midstance_frame: number | null;
  toe_off_frame: number | null;
  values: Record<string, number | null>;
}

export interface Curve {
  unit: string;
  mean: (number | null)[];
  sd: (number | null)[];
}

export interface MeanStride {
  phase_percent: number[];
  toe_off_percent: number | null;
  midstance_percent: number | null;
  curves: Record<string, Curve>;
}

interface Stored {
  width_px: number;
  height_px: number;
  near_side: Side | null;
  direction: number | null;
  roll_deg: number | null;
  metres_per_pixel: number | null;
  presentation_s: number[];
  time_s: number[];
  points: { names: string[]; bones: [number, number][]; xy: ((number | null)[] | null)[]; confidence: ((number | null)[] | null)[] };
  steps: Step[];
  units: Record<string, string>;
  mean_strides: Partial<Record<Side, MeanStride>>;
  signals: { time_s: number[]; names: string[]; units: string[]; values: (number | null)[][] } | null;
}

export interface Track {
  width: number;
  height: number;
  near: Side;
  direction: number;
  rollDeg: number;
  metresPerPixel: number;
  presentation: Float64Array;
  time: Float64Array;
  names: string[];
  bones: [number, number][];
  xy: Float32Array;
  confidence: Float32Array;
  steps: Step[];
  units: Record<string, string>;
  meanStrides: Partial<Record<Side, MeanStride>>;
  signalTime: Float64Array;
  signals: Map<string, Float32Array>;
}

export type Point = { x: number; y: number };

export function unpacked(stored: Stored): Track {
  const count = stored.points.names.length;
  const signals = stored.signals;
  return {
    width: stored.width_px,
    height: stored.height_px,
    near: stored.near_side ?? "left",
    direction: stored.direction ?? 1,
    rollDeg: stored.roll_deg ?? 0,
    metresPerPixel: stored.metres_per_pixel ?? NaN,
    presentation: Float64Array.from(stored.presentation_s),
    time: Float64Array.from(stored.time_s),
    names: stored.points.names,
    bones: stored.points.bones,
    xy: flat(stored.points.xy, 2 * count),
    confidence: flat(stored.points.confidence, count),
    steps: stored.steps,
    units: stored.units,
    meanStrides: stored.mean_strides,
    signalTime: Float64Array.from(signals?.time_s ?? []),
    signals: new Map(signals?.names.map((name, column) => [name, numbers(signals.values[column] ?? [])]) ?? []),
  };
}

export function numbers(values: readonly (number | null)[]): Float32Array {
  return Float32Array.from(values, (value) => value ?? NaN);
}

function flat(rows: ((number | null)[] | null)[], wide: number): Float32Array {
  const out = new Float32Array(rows.length * wide).fill(NaN);
  rows.forEach((row, r) => row?.forEach((value, c) => (out[r * wide + c] = value ?? NaN)));
  return out;
}

/** The place of a point in a frame, in pixels of the picture; NaN where it was not seen. */
export function pointAt(track: Track, frame: number, point: number): Point {
  const at = 2 * (frame * track.names.length + point);
  return { x: track.xy[at] ?? NaN, y: track.xy[at + 1] ?? NaN };
}

export function seen(point: Point): boolean {
  return Number.isFinite(point.x) && Number.isFinite(point.y);
}

/** A curve at a time, between its samples; NaN where there is none. */
export function signalAt(track: Track, name: string, time: number): number {
  const values = track.signals.get(name), clock = track.signalTime;
  if (!values || clock.length < 2) return NaN;
  let low = 0, high = clock.length - 1;
  if (time < clock[0]! || time > clock[high]!) return NaN;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (clock[middle]! <= time) low = middle;
    else high = middle;
  }
  const part = (time - clock[low]!) / (clock[high]! - clock[low]!);
  return values[low]! * (1 - part) + values[high]! * part;
}
