// Move a point of the paused frame: by mouse or finger with a lens above it, or by the arrow keys.
import { clamped } from "../clock";
import { find, make } from "../dom";
import type { Mapping } from "../mapping";
import { placeOf } from "../overlay";
import type { Point } from "../track";
import { seen } from "../track";
import { pointWords } from "../words";
import type { Panel, Tool } from "./panel";

const REACH_PX = 26, LENS_PX = 58, LENS_ZOOM = 2.6;

export class PointTool implements Tool {
  private chosen: number;
  private held: { pointer: number; off: Point } | null = null;
  private place: Point | null = null;
  private nudged = "";
  private readonly select: HTMLSelectElement;
  private readonly nudge: HTMLButtonElement;

  constructor(private readonly panel: Panel) {
    const { track } = panel.session;
    this.select = find<HTMLSelectElement>("[data-point]", panel.box);
    this.nudge = find<HTMLButtonElement>("[data-nudge]", panel.box);
    this.select.append(...track.names.map((name, k) => make("option", { value: k }, pointWords(name))));
    this.chosen = Math.max(track.names.indexOf(`${track.near}_ankle`), 0);
    this.select.value = String(this.chosen);
    this.select.addEventListener("change", () => this.choose(Number(this.select.value)));
    this.nudge.addEventListener("keydown", (event) => this.key(event));
    this.nudge.addEventListener("click", () => this.say("The arrow keys move the point; shift makes it ten pixels."));
    const { box } = panel.session.stage;
    box.addEventListener("pointermove", (event) => this.drag(event));
    box.addEventListener("pointerup", (event) => this.drop(event));
    box.addEventListener("pointercancel", () => this.letGo());
  }

  take(): void {
    const { stage } = this.panel.session;
    stage.pressed = (at, event) => this.press(at, event);
    stage.more = (context, mapping) => this.lens(context, mapping);
    this.choose(this.chosen);
  }

  leave(): void {
    const { stage } = this.panel.session;
    stage.pressed = () => false;
    stage.more = () => undefined;
    stage.chosen = null;
    this.letGo();
    stage.redraw();
  }

  shown(): void {
    this.nudged = "";
  }

  private choose(point: number): void {
    this.chosen = point;
    this.select.value = String(point);
    this.panel.session.stage.chosen = point;
    this.panel.session.stage.redraw();
  }

  private now(point: number): Point {
    const { track, player } = this.panel.session;
    return placeOf(track, player.frame, point, this.panel.moved(player.frame));
  }

  private press(at: Point, event: PointerEvent): boolean {
    const { stage, track, player } = this.panel.session;
    const { mapping } = stage;
    let best = -1, near = REACH_PX;
    track.names.forEach((_, point) => {
      const place = mapping.toStage(this.now(point));
      // The one in hand wins over those around it: hip and ankle of two legs often lie on each other.
      const off = Math.hypot(place.x - at.x, place.y - at.y) - (point === this.chosen ? 10 : 0);
      if (seen(place) && off < near) [best, near] = [point, off];
    });
    if (best < 0) return false;
    player.pause();
    this.choose(best);
    const place = mapping.toStage(this.now(best));
    this.held = { pointer: event.pointerId, off: { x: place.x - at.x, y: place.y - at.y } };
    stage.box.setPointerCapture(event.pointerId);
    event.preventDefault();
    return true;
  }

  private drag(event: PointerEvent): void {
    if (this.held?.pointer !== event.pointerId) return;
    const { stage } = this.panel.session;
    const { left, top } = stage.box.getBoundingClientRect();
    const at = { x: event.clientX - left + this.held.off.x, y: event.clientY - top + this.held.off.y };
    this.place = this.within(stage.mapping.toPicture(at));
    stage.redraw();
  }

  private drop(event: PointerEvent): void {
    if (this.held?.pointer !== event.pointerId) return;
    const place = this.place;
    this.letGo();
    if (place) this.put(place);
  }

  private letGo(): void {
    this.held = null;
    this.place = null;
    this.panel.session.stage.redraw();
  }

  private within({ x, y }: Point): Point {
    const { track } = this.panel.session;
    return { x: clamped(x, 0, track.width - 1), y: clamped(y, 0, track.height - 1) };
  }

  private put(place: Point, again = false): void {
    const { track, player } = this.panel.session;
    if (!track.names.some((_, k) => Number.isFinite(track.xy[2 * (player.frame * track.names.length + k)])))
      return this.say("This frame was not measured; go to the one before or after it.");
    const point = track.names[this.chosen]!, [x_px, y_px] = [Math.round(10 * place.x) / 10, Math.round(10 * place.y) / 10];
    this.panel.take({ kind: "point_moved", frame: player.frame, point, x_px, y_px }, again);
    this.say(`${pointWords(point)}: ${Math.round(x_px)} across, ${Math.round(y_px)} down.`);
  }

  private key(event: KeyboardEvent): void {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!way) return;
    event.preventDefault();
    event.stopPropagation();
    const from = this.now(this.chosen), { track, player } = this.panel.session;
    // A point nobody saw starts in the middle of those that were.
    const start = seen(from) ? from : { x: track.width / 2, y: track.height / 2 };
    const size = event.shiftKey ? 10 : 1;
    const name = `${player.frame} ${this.chosen}`;
    this.put(this.within({ x: start.x + size * way[0]!, y: start.y + size * way[1]! }), this.nudged === name);
    this.nudged = name;
  }

  private say(words: string): void {
    find("[data-nudge-said]", this.panel.box).textContent = words;
  }

  /** A finger hides what it moves: show it larger, in the corner away from it. */
  private lens(context: CanvasRenderingContext2D, mapping: Mapping): void {
    if (!this.held || !this.place) return;
    const at = mapping.toStage(this.place), { player } = this.panel.session;
    const x = at.x < mapping.stage.width / 2 ? mapping.stage.width - LENS_PX - 12 : LENS_PX + 12, y = LENS_PX + 12;
    const reach = LENS_PX / (mapping.scale * LENS_ZOOM);
    context.save();
    context.beginPath();
    context.arc(x, y, LENS_PX, 0, 7);
    context.fillStyle = "#0c1110";
    context.fill();
    context.clip();
    context.drawImage(player.video, this.place.x - reach, this.place.y - reach, 2 * reach, 2 * reach, x - LENS_PX, y - LENS_PX, 2 * LENS_PX, 2 * LENS_PX);
    context.restore();
    context.strokeStyle = "#ffffff";
    context.lineWidth = 2;
    context.beginPath();
    context.arc(x, y, LENS_PX, 0, 7);
    context.moveTo(x - 9, y);
    context.lineTo(x + 9, y);
    context.moveTo(x, y - 9);
    context.lineTo(x, y + 9);
    context.stroke();
    context.beginPath();
    context.arc(at.x, at.y, 5, 0, 7);
    context.fillStyle = "#ffffff";
    context.fill();
  }
}
