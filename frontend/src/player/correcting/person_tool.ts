// Choose another person to follow, by a press on the picture.
import type { Point } from "../track";
import type { Panel, Tool } from "./panel";

export class PersonTool implements Tool {
  constructor(private readonly panel: Panel) {}

  take(): void {
    const { stage } = this.panel.session;
    stage.pressed = (at) => this.press(at);
    stage.box.classList.add("aiming");
  }

  leave(): void {
    const { stage } = this.panel.session;
    stage.pressed = () => false;
    stage.box.classList.remove("aiming");
  }

  private press(at: Point): boolean {
    const { stage, player, track } = this.panel.session;
    const { x, y } = stage.mapping.toPicture(at);
    if (x < 0 || y < 0 || x >= track.width || y >= track.height) return false;
    player.pause();
    this.panel.take({ kind: "person_chosen", frame: player.frame, x_px: Math.round(x), y_px: Math.round(y) });
    this.panel.tell("That runner will be followed.");
    return true;
  }
}
