// Reads runner.glb: one skinned body and its strides. Only what our own writer (virtual/glb.py) puts in is
// understood, which is why this is a page of code and not a library of a hundred times its size.
import { placed, times } from "./matrices";
import type { Side } from "../track";

type Values = Int8Array | Uint8Array | Int16Array | Uint16Array | Uint32Array | Float32Array;
type Kind = { new (buffer: ArrayBuffer, at: number, count: number): Values; BYTES_PER_ELEMENT: number };

const KINDS: Record<number, Kind> = { 5120: Int8Array, 5121: Uint8Array, 5122: Int16Array, 5123: Uint16Array, 5125: Uint32Array, 5126: Float32Array };
export const SIZES: Record<string, number> = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4, MAT4: 16 };

interface Accessor {
  bufferView: number;
  byteOffset?: number;
  componentType: number;
  normalized?: boolean;
  count: number;
  type: string;
}

export interface Gltf {
  accessors: Accessor[];
  bufferViews: { byteOffset?: number; byteStride?: number }[];
  nodes: { name: string; translation?: number[]; children?: number[] }[];
  skins: { joints: number[]; skeleton: number; inverseBindMatrices: number }[];
  meshes: { primitives: { attributes: Record<string, number>; indices: number }[] }[];
  animations: {
    name: string;
    extras: { stride_s: number; speed_m_s: number } & Record<Side, { midstance_s: number; hip_over_ankle_m: number }>;
    channels: { sampler: number; target: { node: number; path: string } }[];
    samplers: { input: number; output: number }[];
  }[];
}

export interface Channel {
  node: number;
  turns: boolean;
  keys: Values;
  values: Values;
}

export interface Move {
  name: string;
  extras: Gltf["animations"][number]["extras"];
  channels: Channel[];
}

export interface Body {
  gltf: Gltf;
  array: (accessor: number) => Values;
  moves: Move[];
}

export function parsed(buffer: ArrayBuffer): Body {
  const words = new DataView(buffer);
  if (words.getUint32(0, true) !== 0x46546c67 || words.getUint32(4, true) !== 2) throw new Error("not a glTF 2.0 file");
  const long = words.getUint32(12, true);
  const gltf = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 20, long))) as Gltf;
  const start = 20 + long + 8;
  const array = (number: number): Values => {
    const accessor = gltf.accessors[number]!, view = gltf.bufferViews[accessor.bufferView]!, kind = KINDS[accessor.componentType]!;
    const at = start + (view.byteOffset ?? 0) + (accessor.byteOffset ?? 0);
    const row = view.byteStride ? view.byteStride / kind.BYTES_PER_ELEMENT : SIZES[accessor.type]!;
    return new kind(buffer, at, accessor.count * row);
  };
  const moves = gltf.animations.map((animation) => ({
    name: animation.name,
    extras: animation.extras,
    channels: animation.channels.map((channel): Channel => {
      const sampler = animation.samplers[channel.sampler]!;
      return { node: channel.target.node, turns: channel.target.path === "rotation", keys: array(sampler.input), values: array(sampler.output) };
    }),
  }));
  return { gltf, array, moves };
}

/** Where every bone stands at a time of a move: a matrix for each node. */
export function posed(body: Body, move: Move, time: number): Float32Array[] {
  const { nodes, skins } = body.gltf;
  const local = nodes.map((node) => ({ turn: [0, 0, 0, 1], place: node.translation ?? [0, 0, 0] }));
  for (const channel of move.channels) {
    const value = valueAt(channel, time), own = local[channel.node]!;
    if (channel.turns) own.turn = unit(value);
    else own.place = value;
  }
  const world: Float32Array[] = [];
  const walk = (number: number, above: Float32Array | null): void => {
    const own = placed(local[number]!.turn, local[number]!.place);
    world[number] = above ? times(above, own) : own;
    for (const child of nodes[number]!.children ?? []) walk(child, world[number]!);
  };
  walk(skins[0]!.skeleton, null);
  return world;
}

function valueAt({ keys, values, turns }: Channel, time: number): number[] {
  let k = 0;
  while (k < keys.length - 2 && keys[k + 1]! <= time) k++;
  const part = Math.min(Math.max((time - keys[k]!) / (keys[k + 1]! - keys[k]!), 0), 1);
  const size = turns ? 4 : 3, scale = values instanceof Int16Array ? 1 / 32767 : 1;
  return Array.from({ length: size }, (_, i) => scale * (values[k * size + i]! * (1 - part) + values[(k + 1) * size + i]! * part));
}

function unit(turn: number[]): number[] {
  const size = Math.hypot(...turn);
  return turn.map((value) => value / size);
}
