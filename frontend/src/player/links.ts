// Every number leads to its frame: links with `#frame=58` or `#time=0.967`, from here and from elsewhere.
import { clamped, nearestFrame } from "./clock";
import { make } from "./dom";
import type { Session } from "./session";

export function takeLinks(session: Session): void {
  const { root, player, track } = session;

  const go = (hash: string): boolean => {
    const found = /^#(frame|time)=(-?[\d.]+)$/.exec(hash);
    if (!found) return false;
    const value = Number(found[2]);
    player.pause();
    void player.seek(found[1] === "frame" ? clamped(value, 0, player.last) : nearestFrame(track.time, value));
    return true;
  };

  root.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a.at");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!go(link.hash)) return;
    event.preventDefault();
    history.replaceState(null, "", link.hash); // can be copied; stepping through numbers fills no history
    for (const other of root.querySelectorAll("a.at[aria-current]")) other.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    bringPlayer(session, link);
  });
  window.addEventListener("hashchange", () => go(location.hash));
  go(location.hash);
}

/** On a phone the player is above what was pressed: show it, and offer the way back. */
function bringPlayer(session: Session, from: HTMLElement): void {
  const box = session.stage.box, place = box.getBoundingClientRect();
  if (place.bottom > 80 && place.top < window.innerHeight - 80) return;
  box.scrollIntoView({ block: "start", behavior: "smooth" });
  session.root.querySelector(".way-back")?.remove();
  const back = make("button", { type: "button", class: "button small way-back" }, "Back to the numbers");
  back.addEventListener("click", () => {
    back.remove();
    from.scrollIntoView({ block: "center", behavior: "smooth" });
    from.focus({ preventScroll: true });
  });
  box.append(back);
}
