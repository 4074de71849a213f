// Move an event: by its grip on the time line, or by putting the nearest one into the frame on screen.
import { find, make } from "../dom";
import { eventsOf, MOMENT_WORDS } from "../steps";
import type { Event } from "../steps";
import type { Moment, Step } from "../track";
import { seconds } from "../words";
import { allowed } from "./corrections";
import type { Panel, Tool } from "./panel";

const NEAR_S = 0.2, MOST = 4;

export class EventTool implements Tool {
  private readonly host: HTMLElement;

  constructor(private readonly panel: Panel) {
    this.host = find("[data-event-here]", panel.box);
  }

  take(): void {
    const { timeline, session } = this.panel;
    timeline.move = (grip, frame, done) => {
      void session.player.seek(frame);
      if (done) this.put(grip.step, grip.moment, frame);
    };
    timeline.redraw();
    this.shown();
  }

  leave(): void {
    this.panel.timeline.move = null;
    this.panel.timeline.redraw();
  }

  /** Buttons for the events around this frame: what a finger or a keyboard can press. */
  shown(): void {
    const { session } = this.panel, { player } = session;
    const near = eventsOf(session.steps).filter(
      (event) =>
        event.frame !== player.frame &&
        Math.abs(event.time - player.time) < NEAR_S &&
        allowed(session.steps, event.step, event.moment, player.time),
    );
    near.sort((one, other) => Math.abs(one.time - player.time) - Math.abs(other.time - player.time));
    this.host.replaceChildren(...near.slice(0, MOST).map((event) => this.button(event)));
    if (!near.length) this.host.append(make("p", { class: "soft small" }, "No other event can stand in this frame."));
  }

  private button(event: Event): HTMLElement {
    const { player } = this.panel.session;
    const shift = Math.round(1000 * (player.time - event.time));
    const words = `${event.side} ${MOMENT_WORDS[event.moment]} here, ${Math.abs(shift)} ms ${shift > 0 ? "later" : "earlier"}`;
    const made = make("button", { type: "button", class: `button small side ${event.side}` }, words);
    made.addEventListener("click", () => this.put(event.step, event.moment, player.frame));
    return made;
  }

  private put(step: Step, moment: Moment, frame: number): void {
    const { session } = this.panel;
    const from_s = step[`${moment}_s`], to_s = session.track.time[frame];
    if (from_s === null || to_s === undefined) return;
    if (!allowed(session.steps, step, moment, to_s)) {
      this.panel.tell("It cannot stand there: contact, midstance and toe-off keep their order, and steps do not overlap.");
      return;
    }
    this.panel.take({ kind: "event_moved", side: step.side, event: moment, from_s, to_s });
    this.panel.tell(`${step.side} ${MOMENT_WORDS[moment]} put at ${seconds(to_s)}.`);
  }
}
