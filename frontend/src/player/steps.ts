// What happens when: events, the foot on the ground, and where in its stride each leg is.
import type { Moment, Side, Step, Track } from "./track";
import { MOMENTS } from "./track";

export interface Event {
  frame: number;
  time: number;
  side: Side;
  moment: Moment;
  step: Step;
}

export const MOMENT_WORDS: Record<Moment, string> = {
  initial_contact: "first contact",
  midstance: "midstance",
  toe_off: "toe-off",
};

/** Every contact, midstance and toe-off, sorted by time. */
export function eventsOf(steps: readonly Step[]): Event[] {
  const found = steps.flatMap((step) =>
    MOMENTS.flatMap((moment): Event[] => {
      const time = step[`${moment}_s`], frame = step[`${moment}_frame`];
      return time === null || frame === null ? [] : [{ frame, time, side: step.side, moment, step }];
    }),
  );
  return found.sort((one, other) => one.time - other.time);
}

/** The event shown in a frame, if there is one; midstance before others. */
export function eventIn(events: readonly Event[], frame: number): Event | undefined {
  const here = events.filter((event) => event.frame === frame);
  return here.find((event) => event.moment === "midstance") ?? here[0];
}

/** The next event after a frame (`way` 1), or the last before it (−1), of one kind if asked. */
export function neighbour(events: readonly Event[], frame: number, way: 1 | -1, moment?: Moment): Event | undefined {
  const wanted = events.filter((event) => (!moment || event.moment === moment) && way * (event.frame - frame) > 0);
  return way === 1 ? wanted[0] : wanted[wanted.length - 1];
}

/** The step whose foot is on the ground at a time; the later one if both are. */
export function standingStep(steps: readonly Step[], time: number): Step | undefined {
  const on = steps.filter((step) => (step.initial_contact_s ?? NaN) <= time && time < (step.toe_off_s ?? NaN));
  return on[on.length - 1];
}

export interface Stride {
  side: Side;
  start: number;
  end: number;
  step: Step;
}

/** Strides of one leg: from each of its contacts to its next. */
export function stridesOf(steps: readonly Step[], side: Side): Stride[] {
  const own = steps.filter((step) => step.side === side && step.initial_contact_s !== null);
  return own.flatMap((step, k): Stride[] => {
    const next = own[k + 1]?.initial_contact_s;
    const start = step.initial_contact_s!;
    // A foot missed in between would make one stride of two.
    return next == null || next - start > 1.6 ? [] : [{ side, start, end: next, step }];
  });
}

export function strideAt(strides: readonly Stride[], time: number): Stride | undefined {
  return strides.find((stride) => stride.start <= time && time < stride.end);
}

/** Place in a stride, 0 to 1. */
export function phaseIn(stride: Stride, time: number): number {
  return (time - stride.start) / (stride.end - stride.start);
}

type Knot = [number, number];

/**
 * Time in one stride → time in another, so that contacts, midstances and toe-offs fall together.
 * Two runs never have the same rhythm: without this a side-by-side drifts by tens of milliseconds.
 */
export function matchedTime(from: Stride, to: Stride, time: number): number {
  const knots: Knot[] = [[from.start, to.start]];
  for (const moment of ["midstance", "toe_off"] as const) {
    const one = from.step[`${moment}_s`], other = to.step[`${moment}_s`];
    const last = knots[knots.length - 1]!;
    if (one !== null && other !== null && one > last[0] && other > last[1] && one < from.end && other < to.end)
      knots.push([one, other]);
  }
  knots.push([from.end, to.end]);
  const k = Math.max(knots.findIndex(([at]) => at > time) - 1, 0);
  const [a, b] = time >= from.end ? [knots[knots.length - 2]!, knots[knots.length - 1]!] : [knots[k]!, knots[k + 1]!];
  return b[1] === a[1] ? a[1] : a[1] + ((time - a[0]) / (b[0] - a[0])) * (b[1] - a[1]);
}

/** The stride to repeat around a frame: that of the foot on the ground, or of the last one that was. */
export function strideAround(track: Track, time: number): Stride | undefined {
  const all = [...stridesOf(track.steps, "left"), ...stridesOf(track.steps, "right")];
  const begun = all.filter((stride) => stride.start <= time && time < stride.end);
  begun.sort((one, other) => other.start - one.start);
  return begun[0] ?? all.sort((one, other) => Math.abs(one.start - time) - Math.abs(other.start - time))[0];
}
