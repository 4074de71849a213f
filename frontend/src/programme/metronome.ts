// A beat by Web Audio: scheduled ahead on the audio clock, so that a busy page cannot make it stumble.
const AHEAD_S = 1.6; // a page in the background is woken once a second
const EVERY_MS = 400;
const CLICK_S = 0.045;

export class Metronome {
  private context: AudioContext | null = null;
  private timer = 0;
  private next = 0;
  private strong = true;
  /** Times on the audio clock of the beats that were set, for tests. */
  readonly beats: number[] = [];

  /** Must be called from a tap or a key: browsers are silent before. */
  async open(): Promise<void> {
    this.context ??= new AudioContext({ latencyHint: "playback" });
    if (this.context.state === "suspended") await this.context.resume();
  }

  start(perMinute: number): void {
    const { context } = this;
    if (!context) return;
    this.stop();
    this.next = context.currentTime + 0.15;
    this.strong = true;
    const plan = (): void => {
      while (this.next < context.currentTime + AHEAD_S) {
        this.click(this.next);
        this.next += 60 / perMinute;
        this.strong = !this.strong;
      }
    };
    plan();
    this.timer = window.setInterval(plan, EVERY_MS);
  }

  stop(): void {
    window.clearInterval(this.timer);
    this.timer = 0;
    this.hushed?.disconnect();
    this.hushed = null;
  }

  /** A voice speaks over a softer beat. */
  soften(on: boolean): void {
    if (this.hushed && this.context) this.hushed.gain.setTargetAtTime(on ? 0.35 : 1, this.context.currentTime, 0.05);
  }

  /** Two notes in place of words, where there is no voice. */
  chime(): void {
    const { context } = this;
    if (!context) return;
    for (const [k, pitch] of [660, 880].entries()) {
      const at = context.currentTime + 0.02 + 0.16 * k, tone = context.createOscillator(), loud = context.createGain();
      tone.frequency.value = pitch;
      loud.gain.setValueAtTime(0.0001, at);
      loud.gain.exponentialRampToValueAtTime(0.35, at + 0.02);
      loud.gain.exponentialRampToValueAtTime(0.0001, at + 0.3);
      tone.connect(loud).connect(context.destination);
      tone.start(at);
      tone.stop(at + 0.32);
    }
  }

  private hushed: GainNode | null = null;

  private get out(): GainNode {
    const context = this.context!;
    if (!this.hushed) {
      this.hushed = context.createGain();
      this.hushed.connect(context.destination);
    }
    return this.hushed;
  }

  private click(at: number): void {
    const context = this.context!;
    const tone = context.createOscillator(), loud = context.createGain();
    tone.frequency.value = this.strong ? 1320 : 990;
    loud.gain.setValueAtTime(0.0001, at);
    loud.gain.exponentialRampToValueAtTime(0.5, at + 0.002);
    loud.gain.exponentialRampToValueAtTime(0.0001, at + CLICK_S);
    tone.connect(loud).connect(this.out);
    tone.start(at);
    tone.stop(at + CLICK_S);
    this.beats.push(at);
  }
}
