// The video, held to frames: which one is shown, exact seeks, play at a real pace, repeat a span.
import { clamped, frameShownAt, nearestFrame, seekTime, slowMotion } from "./clock";
import type { Track } from "./track";

export type Cause = "shown" | "playing" | "pace" | "loop";
type Listener = (cause: Cause) => void;
type Span = { first: number; last: number; words: string };

const SLOWEST = 0.0625, FASTEST = 16; // what browsers accept
const FARTHEST_BACK = 6, LATEST_S = 0.15;
const PATIENCE_MS = 500; // a browser that shows the same frame again may say nothing

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
  private creeping = false; // runs up to a frame that cannot be sought
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
    return !this.video.paused && !this.video.ended && !this.creeping;
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
      const there = (await this.jump(target)) || this.wanted !== target || (await this.jump(target));
      if (!there && this.wanted === target && !this.playing) await this.creep(target);
      if (this.wanted === target) this.wanted = null;
    }
  }

  /**
   * Frames just before a key frame cannot be sought in some files: Chromium looks for the key frame by the order of
   * decoding, finds the one after, and shows that. Land before the gap, and let the video run up to the frame.
   */
  private async creep(target: number): Promise<void> {
    for (let back = 1; back <= FARTHEST_BACK && this.wanted === target; back++) {
      await this.jump(Math.max(target - back, 0));
      if (this.frame > target) continue;
      if (this.frame < target) await this.run(target);
      if (this.frame === target) return;
    }
  }

  /** Play until a frame is shown, slowly enough to stop at it: it has to stay longer than a busy page is late. */
  private run(target: number): Promise<void> {
    return new Promise((resolve) => {
      const { video } = this;
      const stop = (): void => {
        clearTimeout(timer);
        this.noticed = null;
        video.pause();
        video.playbackRate = this.rate();
        this.creeping = false;
        resolve();
      };
      const timer = window.setTimeout(stop, 6 * PATIENCE_MS);
      this.creeping = true;
      this.noticed = () => {
        if (this.frame >= target) stop();
      };
      const clock = this.track.presentation, next = clock[target + 1] ?? clock[target]! + 0.03;
      video.playbackRate = clamped((next - clock[target]!) / LATEST_S, SLOWEST, 1);
      video.play().catch(stop);
    });
  }

  /** Seek once. True when the frame is on screen; false when the browser has nothing more to say about it. */
  private jump(target: number): Promise<boolean> {
    return new Promise((resolve) => {
      const asked = this.wanted, before = this.frame;
      let timer = 0;
      const end = (there: boolean): void => {
        clearTimeout(timer);
        this.video.removeEventListener("seeked", landed);
        if (this.noticed === look) this.noticed = null;
        resolve(there);
      };
      const look = (): void => {
        if (this.video.seeking) return;
        if (this.frame === target) end(true);
        else if (this.frame !== before) end(false); // another frame came instead; the old one is only late
      };
      const landed = (): void => {
        if (this.frame === target || this.wanted !== asked) end(this.frame === target);
        else timer = window.setTimeout(() => end(false), PATIENCE_MS);
      };
      this.noticed = look;
      this.video.addEventListener("seeked", landed);
      this.video.currentTime = clamped(seekTime(this.track.presentation, target) + this.shift, 0, this.end());
    });
  }

  private end(): number {
    return Number.isFinite(this.video.duration) ? this.video.duration : Infinity;
  }

  /** Show the first frame; where the browser's clock stands then is where the file's begins. */
  async begin(): Promise<void> {
    if (this.exact) {
      const first = (await this.landing(0)) ?? (await this.landing(this.end() / 2), await this.landing(0));
      const clock = this.track.presentation;
      const off = (first ?? 0) - clock[0]!;
      if (Math.abs(off) > ((clock[1] ?? 1) - clock[0]!) / 4) this.shift = off;
      if (first !== null) this.show(nearestFrame(clock, first - this.shift));
    }
    this.tell("shown");
  }

  /** Seek on the browser's own clock; the time of the frame that comes, null if none does: it is there already. */
  private landing(to: number): Promise<number | null> {
    return new Promise((resolve) => {
      const timer = window.setTimeout(() => resolve(null), PATIENCE_MS);
      this.video.requestVideoFrameCallback((_now, { mediaTime }) => {
        clearTimeout(timer);
        resolve(mediaTime);
      });
      this.video.currentTime = to;
    });
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
    return clamped(this.pace * this.slow, SLOWEST, FASTEST);
  }

  repeat(span: Span | null): void {
    this.span = span;
    this.tell("loop");
  }
}
