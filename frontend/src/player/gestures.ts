// Fingers and mouse on the picture: press to play, pinch or ctrl-wheel to zoom, drag to look around when zoomed in.
import type { Stage } from "./stage";
import type { Point } from "./track";

const SLACK_PX = 6; // a finger never holds quite still

export function takeGestures(stage: Stage): void {
  const { box } = stage;
  const down = new Map<number, Point>();
  let moved = false, apart = 0;

  const place = (event: PointerEvent | WheelEvent | MouseEvent): Point => {
    const { left, top } = box.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };

  box.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || (event.target as Element).closest("button, a")) return;
    if (down.size === 0 && stage.pressed(place(event), event)) return;
    down.set(event.pointerId, place(event));
    if (stage.zoom > 1 || down.size > 1) box.setPointerCapture(event.pointerId);
    moved = down.size > 1;
    apart = 0;
  });
  box.addEventListener("pointermove", (event) => {
    const before = down.get(event.pointerId);
    if (!before) return;
    const now = place(event);
    if (down.size === 1) {
      if (!moved && Math.hypot(now.x - before.x, now.y - before.y) < SLACK_PX) return;
      moved = true;
      if (stage.zoom > 1) {
        stage.following = false;
        stage.pan(now.x - before.x, now.y - before.y);
      }
    }
    down.set(event.pointerId, now);
    if (down.size === 2) apart = pinched(stage, [...down.values()], apart);
  });
  const up = (event: PointerEvent): void => {
    const held = down.delete(event.pointerId);
    if (held && event.type === "pointerup" && !moved && down.size === 0) stage.player.toggle();
  };
  box.addEventListener("pointerup", up);
  box.addEventListener("pointercancel", up);
  box.addEventListener(
    "wheel",
    (event) => {
      // A bare wheel scrolls the page; a trackpad's pinch arrives as ctrl and wheel.
      if (!event.ctrlKey) return;
      event.preventDefault();
      stage.following = false;
      stage.zoomBy(Math.exp(-0.01 * event.deltaY), place(event));
    },
    { passive: false },
  );
}

function pinched(stage: Stage, [one, other]: Point[], before: number): number {
  const apart = Math.hypot(one!.x - other!.x, one!.y - other!.y);
  stage.following = false;
  if (before > 0) stage.zoomBy(apart / before, { x: (one!.x + other!.x) / 2, y: (one!.y + other!.y) / 2 });
  return apart;
}
