// Keeps the screen on while something is played; lets go of it when it stops.
let lock: WakeLockSentinel | null = null;
let wanted = false;

export async function stayAwake(on: boolean): Promise<void> {
  wanted = on;
  if (!on) {
    await lock?.release().catch(() => undefined);
    lock = null;
    return;
  }
  if (!("wakeLock" in navigator) || document.visibilityState !== "visible" || lock) return;
  try {
    lock = await navigator.wakeLock.request("screen");
    lock.addEventListener("release", () => (lock = null));
  } catch {
    lock = null; // low battery, or not allowed: it plays all the same
  }
}

document.addEventListener("visibilitychange", () => {
  if (wanted && document.visibilityState === "visible") void stayAwake(true);
});
