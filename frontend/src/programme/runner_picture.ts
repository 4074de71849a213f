// The model runner as a picture of the part that is run; where there is no 3D, the drawing stays.
import type { Model } from "../player/model/viewer";

let model: Promise<Model | null> | null = null;
let running = false;

export async function showRunner(canvas: HTMLCanvasElement, address: string, on: boolean): Promise<void> {
  if (on === running) return;
  running = on;
  if (!on) {
    canvas.hidden = true;
    return;
  }
  canvas.hidden = false;
  model ??= opened(canvas, address);
  const runner = await model;
  if (!runner || !running) {
    canvas.hidden = true;
    return;
  }
  const drawn = canvas.parentElement?.querySelector<HTMLElement>('[data-figure="running"]');
  if (drawn) drawn.hidden = true;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const frame = (at: number): void => {
    if (!running) return;
    runner.show(still ? runner.midstance.right : at / 1000, "right");
    if (!still) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

async function opened(canvas: HTMLCanvasElement, address: string): Promise<Model | null> {
  try {
    const { openModel } = await import("../player/model/viewer");
    return await openModel(canvas, address, "hip over", 1);
  } catch {
    return null;
  }
}
