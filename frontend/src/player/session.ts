// What one open analysis holds together: the track, the player, its stage and what is known beside the frames.
import { fetched, find } from "./dom";
import { Player } from "./player";
import { Stage } from "./stage";
import type { Estimates } from "./charts/scatter";
import type { Norm, Panel } from "./charts/stride_chart";
import type { Correction } from "./correcting/corrections";
import type { Side, Step, Track } from "./track";
import { SIDES, unpacked } from "./track";
import { eventsOf } from "./steps";
import type { Event } from "./steps";

export interface View {
  id: string;
  label: string;
  video: string;
  panels: Panel[];
  norms: Record<string, Norm>;
  estimates: Estimates;
  corrections: Correction[];
}

export interface Session {
  root: HTMLElement;
  track: Track;
  view: View;
  player: Player;
  stage: Stage;
  given: ReadonlySet<Side>;
  /** Steps as shown: with the events moved by hand where they were put. */
  steps: Step[];
  events: Event[];
  /** Told when steps, points or legs are shown otherwise than they were found. */
  changed: (() => void)[];
}

type Stored = Parameters<typeof unpacked>[0];

export async function loaded(view: string, player: string): Promise<{ view: View; track: Track }> {
  const [seen, stored] = await Promise.all([fetched<View>(view), fetched<Stored>(player)]);
  return { view: seen, track: unpacked(stored) };
}

export async function opened(root: HTMLElement): Promise<Session> {
  const { view, track } = await loaded(root.dataset["view"]!, root.dataset["player"]!);
  const box = find(".stage", root);
  const player = new Player(find<HTMLVideoElement>("video", box), track);
  const stage = new Stage(box, player);
  const given = new Set(SIDES.filter((side) => view.estimates[side]));
  stage.given = given;
  return { root, track, view, player, stage, given, steps: track.steps, events: eventsOf(track.steps), changed: [] };
}

export function reshaped(session: Session, steps: Step[]): void {
  session.steps = steps;
  session.events = eventsOf(steps);
  for (const told of session.changed) told();
}

/** Resolves when the video can be shown; says in the page why it cannot. */
export function ready(video: HTMLVideoElement, said: HTMLElement | null): Promise<boolean> {
  return new Promise((resolve) => {
    if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) return resolve(true);
    video.addEventListener("loadeddata", () => resolve(true), { once: true });
    video.addEventListener(
      "error",
      () => {
        if (said) {
          said.hidden = false;
          said.textContent =
            "This browser cannot show the video: its codec is missing. A copy that every browser plays is made when the recording is checked; reload in a moment, or download the recording below.";
        }
        resolve(false);
      },
      { once: true },
    );
    if (video.error) video.dispatchEvent(new Event("error"));
  });
}
