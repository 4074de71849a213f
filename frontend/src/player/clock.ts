// Frames and the two clocks: the file's, on which the browser seeks, and the real one, on which things happened.

/** Index of the frame whose time is nearest. */
export function nearestFrame(times: ArrayLike<number>, time: number): number {
  const after = firstAfter(times, time);
  if (after === 0) return 0;
  if (after === times.length) return times.length - 1;
  return time - times[after - 1]! <= times[after]! - time ? after - 1 : after;
}

/** Index of the frame on screen at a time: the last that has begun. For browsers that do not say. */
export function frameShownAt(times: ArrayLike<number>, time: number): number {
  const sliver = 1e-4; // currentTime is rounded by some browsers
  return Math.max(firstAfter(times, time + sliver) - 1, 0);
}

const REORDERED = 4; // frames that a phone's encoder may hold back

/**
 * Where to seek so that a frame is shown: the middle of its time on screen. A browser that rounds, or whose
 * container's clock is off by less than half a frame, still lands in it.
 *
 * Where frames differ in length, half of the shortest one nearby: files tell lengths in the order of decoding, and
 * Chromium skips a frame whose told length, which may be a neighbour's, ends before the place it is sent to.
 */
export function seekTime(times: ArrayLike<number>, frame: number): number {
  let shortest = Infinity;
  const first = Math.max(frame - REORDERED, 0), last = Math.min(frame + REORDERED, times.length - 1);
  for (let k = first; k < last; k++) shortest = Math.min(shortest, times[k + 1]! - times[k]!);
  if (!Number.isFinite(shortest)) return times[frame]!;
  const end = frame === times.length - 1 ? shortest / 4 : shortest / 2; // not beyond the end of the file
  return times[frame]! + end;
}

/** How many seconds of the file one real second takes: 1, or 8 for a clip slowed down eight times. */
export function slowMotion(presentation: ArrayLike<number>, time: ArrayLike<number>): number {
  const last = time.length - 1;
  const real = last > 0 ? time[last]! - time[0]! : 0;
  return real > 0 ? (presentation[last]! - presentation[0]!) / real : 1;
}

function firstAfter(times: ArrayLike<number>, time: number): number {
  let low = 0, high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function clamped(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
