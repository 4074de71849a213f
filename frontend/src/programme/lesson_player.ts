// Plays a lesson line by line: the words, by voice or in their own time, and the silence after them.
import { Clock } from "./clock";
import type { Line, Script } from "./script";
import type { Voice } from "./voice";

export type State = "still" | "saying" | "pausing" | "ended";

export class LessonPlayer {
  private at = 0;
  private state: State = "still";
  private timer = 0;
  readonly clock = new Clock();
  voice: Voice | null = null;
  /** Called whenever a line, or the state, is another one. */
  changed: () => void = () => undefined;

  constructor(private current: Script) {}

  get script(): Script {
    return this.current;
  }

  /** Other pauses: the line goes on, the clock is set to its place. */
  set script(script: Script) {
    this.current = script;
    if (this.playing) this.begin(this.at);
    else this.clock.set(this.line.start);
  }

  get line(): Line {
    return this.current.lines[this.at]!;
  }

  get index(): number {
    return this.at;
  }

  get doing(): State {
    return this.state;
  }

  get playing(): boolean {
    return this.state === "saying" || this.state === "pausing";
  }

  play(): void {
    if (this.playing) return;
    this.begin(this.state === "ended" ? 0 : this.at);
  }

  /** Stop where it is; the line begins again later, since voices cannot be relied on to go on. */
  pause(): void {
    this.halt();
    this.clock.stop();
    this.state = "still";
    this.changed();
  }

  /** Go to a line; plays on where it was playing. */
  go(index: number): void {
    const last = this.current.lines.length - 1;
    const to = Math.min(Math.max(index, 0), last);
    if (this.playing) return this.begin(to);
    this.halt();
    this.at = to;
    this.state = "still";
    this.clock.set(this.line.start);
    this.changed();
  }

  goPart(step: number): void {
    const { lines } = this.current, here = this.line.part;
    const first = lines.findIndex(({ part }) => part === here);
    if (step < 1) return this.go(first);
    const next = lines.findIndex(({ part }, k) => k > this.at && part !== here);
    this.go(next < 0 ? lines.length - 1 : next);
  }

  private begin(index: number): void {
    this.halt();
    this.clock.set(this.current.lines[index]!.start);
    this.clock.start();
    this.say(index);
  }

  private say(index: number): void {
    this.at = index;
    this.state = "saying";
    const line = this.line;
    document.dispatchEvent(new CustomEvent("lesson:line", { detail: { index, due: line.start, at: this.clock.now } }));
    this.changed();
    if (this.voice) return this.voice.say(line.text, line.spoken, () => this.rest(this.clock.now));
    this.after(line.start + line.spoken, () => this.rest(line.start + line.spoken));
  }

  /** The silence after the words, from when they ended. */
  private rest(from: number): void {
    const line = this.line, planned = line.start + line.spoken;
    if (this.voice) this.clock.set(planned); // a quick or slow voice moves the clock, never the pause
    this.state = "pausing";
    this.changed();
    this.after((this.voice ? planned : from) + line.pause, () => this.next());
  }

  private next(): void {
    if (this.at + 1 < this.current.lines.length) return this.say(this.at + 1);
    this.clock.stop();
    this.state = "ended";
    document.dispatchEvent(new CustomEvent("lesson:end", { detail: { at: this.clock.now } }));
    this.changed();
  }

  private after(seconds: number, then: () => void): void {
    this.timer = window.setTimeout(then, this.clock.until(seconds));
  }

  private halt(): void {
    window.clearTimeout(this.timer);
    this.voice?.hush();
  }
}
