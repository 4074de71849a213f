// From pixels of the picture to pixels of the page and back, with zoom.
import { clamped } from "./clock";
import type { Point } from "./track";

export interface Size {
  width: number;
  height: number;
}

/** What part of the picture is shown: `zoom` 1 shows all of it, the centre is in pixels of the picture. */
export interface View {
  zoom: number;
  x: number;
  y: number;
}

export const LARGEST = 8;

export class Mapping {
  readonly scale: number;
  private readonly fit: number;

  constructor(
    readonly picture: Size,
    readonly stage: Size,
    readonly view: View,
  ) {
    this.fit = Math.min(stage.width / picture.width, stage.height / picture.height);
    this.scale = this.fit * view.zoom;
  }

  toStage({ x, y }: Point): Point {
    return {
      x: this.stage.width / 2 + (x - this.view.x) * this.scale,
      y: this.stage.height / 2 + (y - this.view.y) * this.scale,
    };
  }

  toPicture({ x, y }: Point): Point {
    return {
      x: this.view.x + (x - this.stage.width / 2) / this.scale,
      y: this.view.y + (y - this.stage.height / 2) / this.scale,
    };
  }

  /** Shift and scale of a video that fills the stage by `object-fit: contain`, from its upper left corner. */
  transform(): { x: number; y: number; zoom: number } {
    const left = (this.stage.width - this.fit * this.picture.width) / 2;
    const top = (this.stage.height - this.fit * this.picture.height) / 2;
    const zoom = this.view.zoom;
    return {
      x: this.stage.width / 2 - zoom * (left + this.fit * this.view.x),
      y: this.stage.height / 2 - zoom * (top + this.fit * this.view.y),
      zoom,
    };
  }
}

export function wholePicture(picture: Size): View {
  return { zoom: 1, x: picture.width / 2, y: picture.height / 2 };
}

/** Keep the zoom in its range and the picture over the middle of the stage. */
export function kept(view: View, picture: Size, stage: Size): View {
  const zoom = clamped(view.zoom, 1, LARGEST);
  const fit = Math.min(stage.width / picture.width, stage.height / picture.height) || 1;
  const reach = (size: number, shown: number): [number, number] => {
    const half = shown / (2 * fit * zoom);
    return half * 2 >= size ? [size / 2, size / 2] : [half, size - half];
  };
  return {
    zoom,
    x: clamped(view.x, ...reach(picture.width, stage.width)),
    y: clamped(view.y, ...reach(picture.height, stage.height)),
  };
}

/** Zoom so that the point of the picture under `at` stays where it is. */
export function zoomedAt(mapping: Mapping, factor: number, at: Point): View {
  const zoom = clamped(mapping.view.zoom * factor, 1, LARGEST);
  const fixed = mapping.toPicture(at);
  const scale = (mapping.scale * zoom) / mapping.view.zoom;
  const view = {
    zoom,
    x: fixed.x - (at.x - mapping.stage.width / 2) / scale,
    y: fixed.y - (at.y - mapping.stage.height / 2) / scale,
  };
  return kept(view, mapping.picture, mapping.stage);
}

export function panned(mapping: Mapping, dx: number, dy: number): View {
  const view = { ...mapping.view, x: mapping.view.x - dx / mapping.scale, y: mapping.view.y - dy / mapping.scale };
  return kept(view, mapping.picture, mapping.stage);
}
