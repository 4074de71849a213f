// The video, held to frames: which one is shown, exact seeks, play at a real pace, repeat a span.
import { clamped, frameShownAt, nearestFrame, seekTime, slowMotion } from "./clock";
import type { Track } from "./track";

export type Cause = "shown" | "playing" | "pace" | "loop";
type Listener = (cause: Cause) => void;
type Span = { first: number; last: number; words: string };

const PATIENCE_MS = 400; // a browser that shows the same frame again may say nothing

export class Player {
  frame = 0;
  pace = 1;
  span: Span | null = null;
  readonly last: number;
  private readonly slow: number;
  private readonly listeners: Listener[] = [];
  private shift = 0; // the browser's clock minus the file's
  private wanted: number | null = null;
  private arrived: Promise<void> = Promise.resolve();
  private again = false; // a span is starting over
  private noticed: (() => void) | null = null; // told when the browser has shown a frame

  constructor(
    readonly video: HTMLVideoElement,
    readonly track: Track,
  ) {
    this.last = track.presentation.length - 1;
    this.slow = slowMotion(track.presentation, track.time);
    for (const name of ["play", "pause", "ended"] as const) video.addEventListener(name, () => this.tell("playing"));
    if (this.exact) this.watch();
    else this.poll();
  }

  get exact(): boolean {
    return "requestVideoFrameCallback" in this.video;
  }

  get playing(): boolean {
    return !this.video.paused && !this.video.ended;
  }

  get time(): number {
    return this.track.time[this.frame] ?? 0;
  }

  listen(listener: Listener): void {
    this.listeners.push(listener);
  }

  private tell(cause: Cause): void {
    for (const listener of this.listeners) listener(cause);
  }

  // ---- which frame is shown ----

  private watch(): void {
    const seen = (_now: number, { mediaTime }: VideoFrameCallbackMetadata): void => {
      this.show(nearestFrame(this.track.presentation, mediaTime - this.shift));
      this.noticed?.();
      this.video.requestVideoFrameCallback(seen);
    };
    this.video.requestVideoFrameCallback(seen);
  }

  private poll(): void {
    const look = (): void => {
      if (!this.video.seeking) this.show(frameShownAt(this.track.presentation, this.video.currentTime - this.shift));
      this.noticed?.();
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }

  private show(frame: number): void {
    if (this.span && this.playing && !this.again && (frame >= this.span.last || frame < this.span.first)) {
      this.again = true;
      void this.seek(this.span.first).then(() => (this.again = false));
    }
    if (frame === this.frame) return;
    this.frame = frame;
    this.tell("shown");
  }

  // ---- seeking ----

  /** Show a frame. Calls while a seek is under way are held, and only the last of them is done. */
  seek(frame: number): Promise<void> {
    const busy = this.wanted !== null;
    this.wanted = clamped(Math.round(frame), 0, this.last);
    if (!busy) this.arrived = this.follow();
    return this.arrived;
  }

  step(frames: number): Promise<void> {
    this.pause();
    return this.seek((this.wanted ?? this.frame) + frames);
  }

  private async follow(): Promise<void> {
    while (this.wanted !== null) {
      const target = this.wanted;
      await this.jump(target);
      if (this.wanted === target && this.frame !== target && !this.playing) await this.learn(target);
      if (this.wanted === target) this.wanted = null;
    }
  }

  /** The browser's clock can begin elsewhere than the file's: take the shift from where it landed, seek again. */
  private async learn(target: number): Promise<void> {
    const before = this.shift, clock = this.track.presentation;
    this.shift += clock[target]! - clock[this.frame]!;
    await this.jump(target);
    if (this.frame !== target) this.shift = before;
  }

  /** Seek once; done when the frame is on screen, or when the browser has nothing more to say about it. */
  private jump(target: number): Promise<void> {
    return new Promise((resolve) => {
      let timer = 0;
      const done = (): void => {
        clearTimeout(timer);
        this.noticed = null;
        resolve();
      };
      this.noticed = () => {
        if (!this.video.seeking && this.frame === target) done();
      };
      const landed = (): void => {
        if (this.frame === target) done();
        else timer = window.setTimeout(done, PATIENCE_MS);
      };
      this.video.addEventListener("seeked", landed, { once: true });
      this.video.currentTime = clamped(seekTime(this.track.presentation, target) + this.shift, 0, this.end());
    });
  }

  private end(): number {
    return Number.isFinite(this.video.duration) ? this.video.duration : Infinity;
  }

  /** Show the first frame; where the browser's clock stands then is where the file's begins. */
  async begin(): Promise<void> {
    if (this.exact) {
      const first = await new Promise<number>((resolve) => {
        this.video.requestVideoFrameCallback((_now, { mediaTime }) => resolve(mediaTime));
        this.video.currentTime = 0;
      });
      const clock = this.track.presentation;
      const off = first - clock[0]!;
      if (Math.abs(off) > ((clock[1] ?? 1) - clock[0]!) / 4) this.shift = off;
    }
    this.tell("shown");
  }

  // ---- playing ----

  async play(): Promise<void> {
    if (this.span && (this.frame >= this.span.last || this.frame < this.span.first)) await this.seek(this.span.first);
    else if (this.frame >= this.last) await this.seek(0);
    this.video.playbackRate = this.rate();
    await this.video.play().catch(() => this.tell("playing"));
  }

  pause(): void {
    this.video.pause();
  }

  toggle(): void {
    if (this.playing) this.pause();
    else void this.play();
  }

  /** Pace against real time: a clip filmed in slow motion is shown faster to come out right. */
  setPace(pace: number): void {
    this.pace = pace;
    this.video.playbackRate = this.rate();
    this.tell("pace");
  }

  private rate(): number {
    return clamped(this.pace * this.slow, 0.0625, 16); // what browsers accept
  }

  repeat(span: Span | null): void {
    this.span = span;
    this.tell("loop");
  }
}
