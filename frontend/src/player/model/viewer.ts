// The model runner beside the video: a body from runner.glb, seen from where one likes, at a given time.
import { belt, pencil, ribbon, surface } from "./drawing";
import { parsed, posed } from "./glb";
import type { Body, Move } from "./glb";
import { lens, looking, times } from "./matrices";
import type { Triple } from "./matrices";
import type { Side } from "../track";

const LIFTED_M = 0.025;
const PLUMB: [number, number, number, number] = [0.04, 0.42, 0.36, 1];

export interface Model {
  stride: number;
  midstance: Record<Side, number>;
  toeOff: Record<Side, number>;
  /** Show a time of the stride; returns how far the hip is ahead of the ankle [m]. */
  show(time: number, side: Side): number;
  end(): void;
}

let fetchedBody: Promise<Body> | null = null;

export async function openModel(canvas: HTMLCanvasElement, address: string, cycle: string, direction: number): Promise<Model> {
  fetchedBody ??= fetch(address).then(async (answer) => {
    if (!answer.ok) throw new Error(`the model runner is not there (${answer.status})`);
    return parsed(await answer.arrayBuffer());
  });
  const body = await fetchedBody.catch((error: unknown) => {
    fetchedBody = null;
    throw error;
  });
  const move = body.moves.find(({ name }) => name === cycle) ?? body.moves[0]!;
  return new View(canvas, body, move, direction);
}

class View implements Model {
  readonly stride: number;
  readonly midstance: Record<Side, number>;
  readonly toeOff: Record<Side, number>;
  private readonly gl: WebGL2RenderingContext;
  private readonly skin: ReturnType<typeof surface>;
  private readonly line: ReturnType<typeof pencil>;
  private readonly watch: ResizeObserver;
  private around: number;
  private up = 4;
  private away = 4.4;
  private time = 0;
  private side: Side = "right";
  private due = false;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly body: Body,
    private readonly move: Move,
    direction: number,
  ) {
    const gl = canvas.getContext("webgl2", { antialias: true });
    if (!gl) throw new Error("this browser has no WebGL 2");
    [this.gl, this.skin, this.line] = [gl, surface(gl, body), pencil(gl)];
    this.stride = move.extras.stride_s;
    this.midstance = { left: move.extras.left.midstance_s, right: move.extras.right.midstance_s };
    this.toeOff = { left: this.lifts("left"), right: this.lifts("right") };
    this.around = direction < 0 ? 270 : 90; // from the side from which the video was filmed
    this.watch = new ResizeObserver(() => this.redraw());
    this.watch.observe(canvas);
    this.takeHands();
  }

  show(time: number, side: Side): number {
    this.time = ((time % this.stride) + this.stride) % this.stride;
    this.side = side;
    this.redraw();
    const world = posed(this.body, this.move, this.time);
    return this.joint(world, "thigh")[0] - this.joint(world, "foot")[0];
  }

  end(): void {
    this.watch.disconnect();
    this.gl.getExtension("WEBGL_lose_context")?.loseContext();
  }

  /** When the toes leave the belt: the file tells contact and midstance only. */
  private lifts(side: Side): number {
    const toes = (time: number): number => this.joint(posed(this.body, this.move, time % this.stride), "toes", side)[1];
    const ground = toes(this.midstance[side]);
    for (let time = this.midstance[side]; time < this.midstance[side] + this.stride / 2; time += this.stride / 200)
      if (toes(time) > ground + LIFTED_M) return time;
    return this.midstance[side] + 0.25 * this.stride;
  }

  private get grounded(): boolean {
    const from = this.side === "right" ? 0 : this.stride / 2;
    return this.time >= from && this.time < this.toeOff[this.side];
  }

  private joint(world: Float32Array[], name: string, side: Side = this.side): Triple {
    const place = world[this.body.gltf.nodes.findIndex((node) => node.name === `${side}_${name}`)]!;
    return [place[12]!, place[13]!, place[14]!];
  }

  private takeHands(): void {
    const { canvas } = this;
    canvas.addEventListener("pointerdown", (event) => canvas.setPointerCapture(event.pointerId));
    canvas.addEventListener("pointermove", (event) => {
      if (event.buttons) this.turn(-0.4 * event.movementX, 0.3 * event.movementY);
    });
    canvas.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      this.away = Math.min(Math.max(this.away * Math.exp(0.003 * event.deltaY), 1.5), 9);
      this.redraw();
    });
    canvas.addEventListener("keydown", (event) => {
      const way = { ArrowLeft: [5, 0], ArrowRight: [-5, 0], ArrowUp: [0, 4], ArrowDown: [0, -4] }[event.key];
      if (!way) return;
      event.preventDefault();
      event.stopPropagation();
      this.turn(way[0]!, way[1]!);
    });
  }

  private turn(around: number, up: number): void {
    this.around += around;
    this.up = Math.min(Math.max(this.up + up, -5), 85);
    this.redraw();
  }

  private redraw(): void {
    if (this.due) return;
    this.due = true;
    requestAnimationFrame(() => {
      this.due = false;
      this.draw();
    });
  }

  private draw(): void {
    const { gl, canvas } = this, ratio = window.devicePixelRatio || 1;
    const [w, h] = [Math.round(canvas.clientWidth * ratio), Math.round(canvas.clientHeight * ratio)];
    if (!w || !h) return;
    if (canvas.width !== w || canvas.height !== h) [canvas.width, canvas.height] = [w, h];
    gl.viewport(0, 0, w, h);
    gl.clearColor(0.87, 0.88, 0.89, 1);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    gl.enable(gl.DEPTH_TEST);
    const [a, u] = [(this.around * Math.PI) / 180, (this.up * Math.PI) / 180], to: Triple = [0, 0.92, 0];
    const far = this.away * Math.max(1, 0.75 / (w / h));
    const eye: Triple = [to[0] + far * Math.cos(u) * Math.cos(a), to[1] + far * Math.sin(u), to[2] + far * Math.cos(u) * Math.sin(a)];
    const camera = times(lens(0.52, w / h, 0.1, 40), looking(eye, to));
    const world = posed(this.body, this.move, this.time);
    const [ground, marks] = belt(this.time * this.move.extras.speed_m_s);
    this.line(ground, camera, [0.72, 0.73, 0.74, 1]);
    this.line(marks, camera, [0.6, 0.61, 0.62, 1]);
    this.skin(world, camera, eye);
    if (!this.grounded) return;
    const hip = this.joint(world, "thigh"), ankle = this.joint(world, "foot");
    gl.disable(gl.DEPTH_TEST);
    this.line(ribbon([ankle[0], 0, ankle[2]], [ankle[0], 1.25 * hip[1], ankle[2]], 0.004), camera, PLUMB);
    for (const [x, y, z] of [hip, ankle]) this.line(ribbon([x, y - 0.014, z], [x, y + 0.014, z], 0.014), camera, PLUMB);
  }
}
