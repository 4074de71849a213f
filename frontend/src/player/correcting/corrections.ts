// Corrections as the store keeps them, and what the page shows once they are taken into account.
import { nearestFrame } from "../clock";
import type { Moved } from "../overlay";
import { MOMENT_WORDS } from "../steps";
import type { Moment, Point, Side, Step, Track } from "../track";
import { MOMENTS } from "../track";
import { pointWords, seconds, sideFirst } from "../words";

export type Correction =
  | { kind: "point_moved"; frame: number; point: string; x_px: number; y_px: number }
  | { kind: "legs_exchanged"; first_frame: number; last_frame: number }
  | { kind: "event_moved"; side: Side; event: Moment; from_s: number; to_s: number }
  | { kind: "person_chosen"; frame: number; x_px: number; y_px: number };

const SAME_S = 1e-4;

/** The list with one more; a second word on the same thing replaces the first. */
export function added(list: readonly Correction[], next: Correction): Correction[] {
  if (next.kind === "person_chosen") return [next]; // what was said of the other person is void
  if (next.kind === "point_moved")
    return [...list.filter((one) => !(one.kind === next.kind && one.frame === next.frame && one.point === next.point)), next];
  if (next.kind === "event_moved") {
    // An event moved before is known by where it was found, not by where it was put.
    const before = list.find((one) => one.kind === next.kind && one.side === next.side && one.event === next.event && Math.abs(one.to_s - next.from_s) < SAME_S);
    const from_s = before?.kind === "event_moved" ? before.from_s : next.from_s;
    const rest = list.filter((one) => one !== before);
    return Math.abs(from_s - next.to_s) < SAME_S ? [...rest] : [...rest, { ...next, from_s }];
  }
  return [...list, next];
}

/** Points and legs of a frame as corrected. */
export function movedIn(list: readonly Correction[], track: Track, frame: number): Moved {
  const points = new Map<number, Point>();
  let exchanged = false;
  for (const one of list) {
    if (one.kind === "point_moved" && one.frame === frame) {
      const index = track.names.indexOf(one.point);
      if (index >= 0) points.set(index, { x: one.x_px, y: one.y_px });
    }
    if (one.kind === "legs_exchanged" && one.first_frame <= frame && frame <= one.last_frame) exchanged = !exchanged;
  }
  return { points, exchanged };
}

/** Steps with events where they were put. */
export function stepsWith(list: readonly Correction[], track: Track): Step[] {
  const moves = list.filter((one) => one.kind === "event_moved");
  if (!moves.length) return track.steps;
  return track.steps.map((step) => {
    let shown = step;
    for (const moment of MOMENTS) {
      const time = step[`${moment}_s`];
      const move = moves.find((one) => one.side === step.side && one.event === moment && time !== null && Math.abs(one.from_s - time) < SAME_S);
      if (move) shown = { ...shown, [`${moment}_s`]: move.to_s, [`${moment}_frame`]: nearestFrame(track.time, move.to_s) };
    }
    return shown;
  });
}

/** Whether an event may stand there: contact, midstance and toe-off keep their order, and clear of other steps. */
export function allowed(steps: readonly Step[], step: Step, moment: Moment, to: number): boolean {
  const own = steps.filter(({ side }) => side === step.side);
  const at = own.findIndex(({ index }) => index === step.index);
  const order = [own[at - 1]?.toe_off_s ?? -Infinity, step.initial_contact_s, step.midstance_s, step.toe_off_s, own[at + 1]?.initial_contact_s ?? Infinity];
  const place = 1 + MOMENTS.indexOf(moment);
  const before = order.slice(0, place).reverse().find((time) => time !== null) ?? -Infinity;
  const after = order.slice(place + 1).find((time) => time !== null) ?? Infinity;
  return before < to && to < after;
}

/** The frame where a correction can be seen. */
export function frameOf(one: Correction, track: Track): number {
  if (one.kind === "event_moved") return nearestFrame(track.time, one.to_s);
  return one.kind === "legs_exchanged" ? one.first_frame : one.frame;
}

export function said(one: Correction): string {
  switch (one.kind) {
    case "point_moved":
      return `${capital(pointWords(one.point))} in frame ${one.frame}`;
    case "legs_exchanged":
      return `Legs exchanged, frames ${one.first_frame} to ${one.last_frame}`;
    case "event_moved": {
      const shift = Math.round(1000 * (one.to_s - one.from_s));
      return `${sideFirst(one.side, MOMENT_WORDS[one.event])} at ${seconds(one.from_s)}, ${Math.abs(shift)} ms ${shift > 0 ? "later" : "earlier"}`;
    }
    case "person_chosen":
      return `Another person, shown in frame ${one.frame}`;
  }
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
