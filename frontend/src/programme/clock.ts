// A clock that can be stopped, and that a test may let run faster.
declare global {
  interface Window {
    /** How many times faster than life; set by tests before the page loads. */
    midstanceSpeed?: number;
  }
}

export class Clock {
  private base = 0;
  private since: number | null = null;
  readonly speed = window.midstanceSpeed && window.midstanceSpeed > 0 ? window.midstanceSpeed : 1;

  get running(): boolean {
    return this.since !== null;
  }

  /** Seconds gone. */
  get now(): number {
    return this.since === null ? this.base : this.base + ((performance.now() - this.since) / 1000) * this.speed;
  }

  start(): void {
    this.since ??= performance.now();
  }

  stop(): void {
    this.base = this.now;
    this.since = null;
  }

  set(seconds: number): void {
    this.base = seconds;
    if (this.since !== null) this.since = performance.now();
  }

  /** Milliseconds of the wall until a time of this clock. */
  until(seconds: number): number {
    return Math.max(0, ((seconds - this.now) * 1000) / this.speed);
  }
}

export function shown(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
