// Side by side: another analysis of the same person, or the model runner, in step with the video.
import { nearestFrame } from "./clock";
import type { Controls } from "./controls";
import { find, make } from "./dom";
import { Player } from "./player";
import { loaded, ready } from "./session";
import type { Session, View } from "./session";
import { Stage } from "./stage";
import { matchedTime, strideAround, stridesOf } from "./steps";
import type { Stride } from "./steps";
import type { Side, Track } from "./track";
import { SIDES, signalAt } from "./track";
import { hipWords } from "./words";

/** Something that can be shown in step: its strides, and how to show a time of one of them. */
export interface Companion {
  strides: Record<Side, Stride[]>;
  show(time: number, side: Side): void;
  end(): void;
}

let companion: Companion | null = null;
let asked = 0;
let listening = false;

export async function showBeside(session: Session, _controls: Controls, value: string): Promise<void> {
  const turn = ++asked;
  const box = find(".stage.beside", session.root), said = find("[data-beside-said]", session.root);
  companion?.end();
  companion = null;
  box.replaceChildren();
  box.hidden = !value;
  session.root.classList.toggle("comparing", Boolean(value));
  said.textContent = "";
  if (!value) return;
  said.textContent = "Opening …";
  try {
    const made = value.startsWith("model:") ? await modelled(session, box, value.slice(6)) : await filmed(box, value);
    if (turn !== asked) return made.end();
    companion = made;
    said.textContent = value.startsWith("model:")
      ? "Beside the video: a body made by a computer, at 3 m/s. Drag it to look from elsewhere."
      : "Beside the video: the other analysis, in step.";
    if (!listening) session.player.listen(() => follow(session));
    listening = true;
    follow(session);
    session.stage.box.scrollIntoView({ block: "nearest", behavior: "smooth" });
  } catch (error) {
    box.hidden = true;
    session.root.classList.remove("comparing");
    said.textContent = `It could not be shown: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function follow(session: Session): void {
  if (!companion) return;
  const { player, track } = session;
  const own = strideAround(track, player.time);
  if (!own) return;
  const others = companion.strides[own.side];
  // The third stride beside the third: what changes along the clip is seen too.
  const place = stridesOf(track.steps, own.side).findIndex(({ start }) => start === own.start);
  const other = others[Math.max(place, 0) % (others.length || 1)];
  if (other) companion.show(matchedTime(own, other, player.time), own.side);
}

// ---- another analysis ----

async function filmed(box: HTMLElement, id: string): Promise<Companion> {
  const address = `/analyses/${encodeURIComponent(id)}`;
  const { view, track } = await loaded(`${address}/view.json`, `${address}/player.json`);
  const video = make("video", { src: view.video, muted: true, playsinline: true, preload: "auto", tabindex: -1, "aria-hidden": true });
  video.muted = true;
  const caption = make("p", { class: "caption" }), words = make("p", { class: "loading" }, "Opening the video …");
  box.append(video, make("canvas", { "aria-hidden": true }), words, caption);
  if (!(await ready(video, words))) throw new Error("this browser cannot play it");
  words.hidden = true;
  const player = new Player(video, track), stage = new Stage(box, player);
  stage.given = new Set(SIDES.filter((side) => view.estimates[side]));
  await player.begin();
  stage.frameRunner();
  return {
    strides: { left: stridesOf(track.steps, "left"), right: stridesOf(track.steps, "right") },
    show(time, side) {
      void player.seek(nearestFrame(track.time, time));
      caption.textContent = captionOf(view, track, time, side);
    },
    end: () => {
      video.removeAttribute("src");
      video.load();
    },
  };
}

function captionOf(view: View, track: Track, time: number, side: Side): string {
  const value = view.estimates[side] ? signalAt(track, `${side}_hip_over_ankle_m`, time) : NaN;
  return `${view.label}${Number.isFinite(value) ? ` · ${side} hip ${hipWords(value)}` : ""}`;
}

// ---- the model runner ----

async function modelled(session: Session, box: HTMLElement, cycle: string): Promise<Companion> {
  const { openModel } = await import("./model/viewer");
  const canvas = make("canvas", { class: "model", tabindex: 0, "aria-label": "The model runner. Drag or use the arrow keys to look from elsewhere." });
  const caption = make("p", { class: "caption" });
  box.append(canvas, caption);
  const address = session.root.dataset["model"] ?? "/static/runner.glb";
  const model = await openModel(canvas, address, cycle, session.track.direction);
  const stride = model.stride;
  const strideOf = (side: Side): Stride => {
    const start = side === "right" ? 0 : stride / 2; // the model is as long on one foot as on the other
    const step = { index: 0, side, complete: true, initial_contact_s: start, midstance_s: model.midstance[side], toe_off_s: model.toeOff[side] };
    return { side, start, end: start + stride, step: { ...step, initial_contact_frame: null, midstance_frame: null, toe_off_frame: null, values: {} } };
  };
  return {
    strides: { left: [strideOf("left")], right: [strideOf("right")] },
    show(time, side) {
      const value = model.show(time, side);
      caption.textContent = `Model runner · ${side} hip ${hipWords(value)}`;
    },
    end: () => model.end(),
  };
}
