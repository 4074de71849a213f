// The video with its canvas: sizes, zoom and what is drawn over the frame on screen.
import { find, maybe } from "./dom";
import { kept, Mapping, panned, wholePicture, zoomedAt } from "./mapping";
import type { View } from "./mapping";
import { drawOverlay } from "./overlay";
import type { Layers, Moved } from "./overlay";
import type { Player } from "./player";
import type { Point, Side } from "./track";

const NOTHING: Moved = { points: new Map(), exchanged: false };

export class Stage {
  readonly canvas: HTMLCanvasElement;
  layers: Layers = { skeleton: true, plumb: true, confidence: false, path: false };
  given: ReadonlySet<Side> = new Set();
  chosen: number | null = null;
  moved: (frame: number) => Moved = () => NOTHING;
  /** Takes a press on the picture; true if it was used, so that it neither plays nor moves the picture. */
  pressed: (at: Point, event: PointerEvent) => boolean = () => false;
  /** Drawn last: what a tool shows. */
  more: (context: CanvasRenderingContext2D, mapping: Mapping) => void = () => undefined;
  following = false;
  private view: View;
  private framed = false; // until somebody chooses another view
  private due = false;

  constructor(
    readonly box: HTMLElement,
    readonly player: Player,
  ) {
    this.canvas = find<HTMLCanvasElement>("canvas", box);
    this.view = wholePicture(this.picture);
    new ResizeObserver(() => {
      if (this.framed) this.frameRunner();
      this.redraw();
    }).observe(box);
    player.listen((cause) => {
      if (cause !== "shown") return;
      if (this.following) this.follow();
      this.draw(); // at once: a frame's lines belong to that frame, not to the next one
    });
  }

  get picture(): { width: number; height: number } {
    return { width: this.player.track.width, height: this.player.track.height };
  }

  get mapping(): Mapping {
    const { clientWidth, clientHeight } = this.box;
    return new Mapping(this.picture, { width: clientWidth || 1, height: clientHeight || 1 }, this.view);
  }

  get zoom(): number {
    return this.view.zoom;
  }

  show(view: View): void {
    this.framed = false;
    this.view = kept(view, this.picture, this.mapping.stage);
    this.redraw();
    this.box.dispatchEvent(new CustomEvent("zoomed"));
  }

  zoomBy(factor: number, at?: Point): void {
    const { width, height } = this.mapping.stage;
    this.show(zoomedAt(this.mapping, factor, at ?? { x: width / 2, y: height / 2 }));
  }

  pan(dx: number, dy: number): void {
    this.show(panned(this.mapping, dx, dy));
  }

  /** Show the place where the runner is throughout: on a treadmill far less than the whole picture. */
  frameRunner(): void {
    const { track } = this.player;
    const axis = (from: number): [number, number] => {
      const values = track.xy.filter((value, i) => i % 2 === from && Number.isFinite(value)).sort();
      const at = (share: number): number => values[Math.round(share * (values.length - 1))] ?? NaN;
      return [at(0.002), at(0.998)];
    };
    const [left, right] = axis(0), [top, bottom] = axis(1), tall = bottom - top;
    if (!Number.isFinite(left + right + tall)) return;
    const { stage } = this.mapping;
    const fit = Math.min(stage.width / this.picture.width, stage.height / this.picture.height);
    // Room above for the head (the highest point is an ear), below for the shoe, beside for what the hands reach.
    const zoom = Math.min(stage.width / (right - left + 0.3 * tall), stage.height / (1.32 * tall)) / fit;
    this.show(zoom > 1.08 ? { zoom, x: (left + right) / 2, y: (top + bottom) / 2 - 0.03 * tall } : wholePicture(this.picture));
    this.framed = true;
  }

  whole(): void {
    this.following = false;
    this.show(wholePicture(this.picture));
  }

  /** Keep the runner in the middle and large: in a clip filmed from afar he crosses the picture. */
  follow(): void {
    const { track, frame } = this.player;
    const xs: number[] = [], ys: number[] = [];
    for (let near = Math.max(frame - 12, 0); near <= Math.min(frame + 12, this.player.last); near += 3)
      for (let k = 0; k < track.names.length; k++) {
        const x = track.xy[2 * (near * track.names.length + k)]!, y = track.xy[2 * (near * track.names.length + k) + 1]!;
        if (Number.isFinite(x) && Number.isFinite(y)) xs.push(x), ys.push(y);
      }
    if (!xs.length) return;
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const { stage } = this.mapping;
    const fit = Math.min(stage.width / this.picture.width, stage.height / this.picture.height);
    const zoom = Math.min(stage.width / (1.25 * (right - left)), stage.height / (1.25 * (bottom - top))) / fit;
    this.view = kept({ zoom, x: (left + right) / 2, y: (top + bottom) / 2 }, this.picture, stage);
    this.place();
  }

  redraw(): void {
    if (this.due) return;
    this.due = true;
    requestAnimationFrame(() => {
      this.due = false;
      if (this.following) this.follow();
      this.draw();
    });
  }

  private place(): void {
    const { x, y, zoom } = this.mapping.transform();
    this.player.video.style.transform = `translate(${x}px, ${y}px) scale(${zoom})`;
  }

  private draw(): void {
    const mapping = this.mapping;
    const context = sized(this.canvas, mapping.stage);
    this.place();
    const { track, frame } = this.player;
    const moved = this.moved(frame);
    const { layers, given, chosen } = this;
    drawOverlay(context, { track, frame, mapping, layers, given, chosen, moved });
    this.more(context, mapping);
    const loading = maybe(".loading", this.box);
    if (loading) loading.hidden = true;
  }
}

/** A canvas as sharp as the screen, cleared, to be drawn on in pixels of the page. */
export function sized(canvas: HTMLCanvasElement, { width, height }: { width: number; height: number }): CanvasRenderingContext2D {
  const ratio = Math.min(window.devicePixelRatio || 1, 3);
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w || canvas.height !== h) [canvas.width, canvas.height] = [w, h];
  const context = canvas.getContext("2d")!;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}
