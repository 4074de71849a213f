// The thread of comments: pinned ones are marked on the time line, new ones can be pinned to the frame shown.
import { maybe } from "./dom";
import type { Session } from "./session";
import type { Timeline } from "./timeline";

export function takeNotes(session: Session, timeline: Timeline): void {
  const { root, player } = session;

  const mark = (): void => {
    const pinned = [...root.querySelectorAll<HTMLElement>("[data-pinned]")];
    const notes = pinned.map((note) => ({ frame: Number(note.dataset["pinned"]), kind: "note" as const }));
    timeline.marks = [...timeline.marks.filter(({ kind }) => kind !== "note"), ...notes];
    timeline.redraw();
    follow();
  };
  const follow = (): void => {
    const pin = maybe<HTMLInputElement>("[data-pin]", root), said = maybe("[data-pin-said]", root);
    // Once it is pinned it stays with the frame it was pinned to, wherever the video goes meanwhile.
    if (!pin || !said || pin.checked) return;
    pin.value = String(player.frame);
    said.textContent = `frame ${player.frame}`;
  };
  player.listen(follow);
  document.addEventListener("htmx:after:swap", mark);
  mark();
}
