// What is shown at this frame, as words: beside the picture, and for screen readers when somebody steps.
import { find } from "./dom";
import type { Player } from "./player";
import { eventIn, MOMENT_WORDS, standingStep } from "./steps";
import type { Event } from "./steps";
import type { Side } from "./track";
import { signalAt } from "./track";
import { hipWords, paceWords, seconds, sideFirst } from "./words";

const QUIET_MS = 350; // a held arrow key says only where it stopped

export interface Shown {
  clock: string;
  frame: string;
  event: Event | undefined;
  foot: Side | undefined;
  reading: string;
}

export function shownAt(player: Player, events: readonly Event[], given: ReadonlySet<Side>): Shown {
  const { track, frame, time } = player;
  const foot = standingStep(track.steps, time)?.side;
  const value = foot && given.has(foot) ? signalAt(track, `${foot}_hip_over_ankle_m`, time) : NaN;
  return {
    clock: seconds(time),
    frame: `frame ${frame} of ${player.last}`,
    event: eventIn(events, frame),
    foot,
    reading: Number.isFinite(value) ? `hip ${hipWords(value)}` : "",
  };
}

export function spoken(shown: Shown): string {
  const what = shown.event
    ? sideFirst(shown.event.side, MOMENT_WORDS[shown.event.moment])
    : shown.foot
      ? sideFirst(shown.foot, "foot on the ground")
      : "In the air";
  const of = shown.reading ? `, ${shown.reading}${/ahead$/.test(shown.reading) ? " of" : ""} the ankle` : "";
  return `${what}${of}. ${shown.frame.split(" of")[0]}, ${shown.clock}.`;
}

export class Readout {
  private timer = 0;
  private last = "";

  constructor(
    private readonly box: HTMLElement,
    private readonly player: Player,
    private readonly events: () => readonly Event[],
    private readonly given: ReadonlySet<Side>,
  ) {
    player.listen(() => this.show());
  }

  show(): void {
    const shown = shownAt(this.player, this.events(), this.given);
    find(".clock", this.box).textContent = shown.clock;
    find(".frame-number", this.box).textContent = shown.frame;
    const pace = this.player.pace;
    find(".pace-said", this.box).textContent = pace === 1 ? "" : paceWords(pace);
    const chip = find(".event-said", this.box), side = shown.event?.side ?? shown.foot;
    chip.className = `event-said${side ? ` side ${side}` : ""}${shown.event ? " now" : ""}`;
    chip.textContent = shown.event
      ? sideFirst(shown.event.side, MOMENT_WORDS[shown.event.moment])
      : side
        ? sideFirst(side, "foot down")
        : "in the air";
    find(".reading-said", this.box).textContent = shown.reading;
    this.speak(shown);
  }

  private speak(shown: Shown): void {
    clearTimeout(this.timer);
    if (this.player.playing) return;
    this.timer = window.setTimeout(() => {
      const words = spoken(shown);
      if (words === this.last) return;
      this.last = words;
      find(".said", this.box).textContent = words;
    }, QUIET_MS);
  }
}
