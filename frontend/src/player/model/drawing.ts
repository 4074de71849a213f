// Draws the body with WebGL 2: skin, shadow, belt and plumb line.
import type { Body } from "./glb";
import { SIZES } from "./glb";
import { times } from "./matrices";
import type { Triple } from "./matrices";

const SKIN_VERTEX = `#version 300 es
uniform mat4 bones[BONES], camera; uniform float shadow;
in vec3 position, normal; in vec4 colour, weight; in uvec4 joint;
out vec3 shade; out vec3 facing; out vec3 where;
void main() {
  mat4 m = weight.x * bones[joint.x] + weight.y * bones[joint.y] + weight.z * bones[joint.z] + weight.w * bones[joint.w];
  where = (m * vec4(position, 1.0)).xyz; facing = mat3(m) * normal; shade = colour.rgb;
  if (shadow > 0.5) { where = vec3(where.x - 0.35 * where.y, 0.002, where.z - 0.25 * where.y); }
  gl_Position = camera * vec4(where, 1.0);
}`;
const SKIN_FRAGMENT = `#version 300 es
precision highp float;
uniform vec3 eye; uniform float shadow;
in vec3 shade; in vec3 facing; in vec3 where; out vec4 seen;
void main() {
  if (shadow > 0.5) { seen = vec4(0.62, 0.64, 0.66, 1.0); return; }
  vec3 n = normalize(facing), to = normalize(eye - where);
  if (dot(n, to) < 0.0) n = -n;
  float lamp = max(dot(n, normalize(vec3(0.45, 0.8, 0.4))), 0.0), sky = 0.5 + 0.5 * n.y;
  float rim = pow(1.0 - max(dot(n, to), 0.0), 3.0);
  vec3 light = shade * (0.95 * lamp + 0.30 * sky + 0.10) + vec3(0.05) * rim;
  seen = vec4(pow(light / (1.0 + 0.15 * light), vec3(1.0 / 2.2)), 1.0);
}`;
const LINE_VERTEX = `#version 300 es
uniform mat4 camera; in vec3 position; void main() { gl_Position = camera * vec4(position, 1.0); }`;
const LINE_FRAGMENT = `#version 300 es
precision highp float; uniform vec4 ink; out vec4 seen; void main() { seen = ink; }`;

function program(gl: WebGL2RenderingContext, vertex: string, fragment: string): WebGLProgram {
  const made = gl.createProgram()!;
  for (const [kind, text] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]] as const) {
    const shader = gl.createShader(kind)!;
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(shader) ?? "shader");
    gl.attachShader(made, shader);
  }
  gl.linkProgram(made);
  if (!gl.getProgramParameter(made, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(made) ?? "program");
  return made;
}

export type Surface = (world: Float32Array[], camera: Float32Array, eye: Triple) => void;

export function surface(gl: WebGL2RenderingContext, body: Body): Surface {
  const part = body.gltf.meshes[0]!.primitives[0]!, skin = body.gltf.skins[0]!, count = skin.joints.length;
  const drawn = program(gl, SKIN_VERTEX.replace("BONES", String(count)), SKIN_FRAGMENT);
  const held = gl.createVertexArray();
  gl.bindVertexArray(held);
  const names = { position: "POSITION", normal: "NORMAL", colour: "COLOR_0", weight: "WEIGHTS_0", joint: "JOINTS_0" };
  for (const [name, key] of Object.entries(names)) {
    const at = gl.getAttribLocation(drawn, name), number = part.attributes[key]!, accessor = body.gltf.accessors[number]!;
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ARRAY_BUFFER, body.array(number), gl.STATIC_DRAW);
    gl.enableVertexAttribArray(at);
    const size = SIZES[accessor.type]!, stride = body.gltf.bufferViews[accessor.bufferView]!.byteStride ?? 0;
    if (name === "joint") gl.vertexAttribIPointer(at, size, accessor.componentType, stride, 0);
    else gl.vertexAttribPointer(at, size, accessor.componentType, Boolean(accessor.normalized), stride, 0);
  }
  const corners = body.array(part.indices), kind = body.gltf.accessors[part.indices]!.componentType;
  gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, corners, gl.STATIC_DRAW);
  gl.bindVertexArray(null);
  const bind = body.array(skin.inverseBindMatrices) as Float32Array;
  return (world, camera, eye) => {
    const bones = new Float32Array(16 * count);
    skin.joints.forEach((node, i) => bones.set(times(world[node]!, bind.subarray(16 * i, 16 * i + 16)), 16 * i));
    gl.useProgram(drawn);
    gl.bindVertexArray(held);
    gl.uniformMatrix4fv(gl.getUniformLocation(drawn, "bones"), false, bones);
    gl.uniformMatrix4fv(gl.getUniformLocation(drawn, "camera"), false, camera);
    gl.uniform3fv(gl.getUniformLocation(drawn, "eye"), eye);
    for (const shadow of [1, 0]) {
      gl.uniform1f(gl.getUniformLocation(drawn, "shadow"), shadow);
      gl.drawElements(gl.TRIANGLES, corners.length, kind, 0);
    }
    gl.bindVertexArray(null);
  };
}

export type Pencil = (points: number[], camera: Float32Array, ink: [number, number, number, number]) => void;

export function pencil(gl: WebGL2RenderingContext): Pencil {
  const drawn = program(gl, LINE_VERTEX, LINE_FRAGMENT), buffer = gl.createBuffer();
  return (points, camera, ink) => {
    gl.useProgram(drawn);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.bufferData(gl.ARRAY_BUFFER, new Float32Array(points), gl.DYNAMIC_DRAW);
    const at = gl.getAttribLocation(drawn, "position");
    gl.enableVertexAttribArray(at);
    gl.vertexAttribPointer(at, 3, gl.FLOAT, false, 0, 0);
    gl.uniformMatrix4fv(gl.getUniformLocation(drawn, "camera"), false, camera);
    gl.uniform4fv(gl.getUniformLocation(drawn, "ink"), ink);
    gl.drawArrays(gl.TRIANGLES, 0, points.length / 3);
  };
}

/** A line as two crossed ribbons, so that it has a width from everywhere. */
export function ribbon([ax, ay, az]: Triple, [bx, by, bz]: Triple, wide: number): number[] {
  const faces: number[] = [];
  for (const [dx, dz] of [[wide, 0], [0, wide]] as const)
    faces.push(ax - dx, ay, az - dz, ax + dx, ay, az + dz, bx - dx, by, bz - dz, bx - dx, by, bz - dz, ax + dx, ay, az + dz, bx + dx, by, bz + dz);
  return faces;
}

/** The belt below the runner, and its marks after it has moved so far. */
export function belt(moved: number): [number[], number[]] {
  const half = 1.1, wide = 0.34, step = 0.5, marks: number[] = [];
  const faces = [-half, 0, -wide, half, 0, -wide, -half, 0, wide, -half, 0, wide, half, 0, -wide, half, 0, wide];
  for (let x = -half - (moved % step); x < half; x += step)
    if (x > -half) marks.push(x, 0.001, -wide, x + 0.012, 0.001, -wide, x, 0.001, wide, x, 0.001, wide, x + 0.012, 0.001, -wide, x + 0.012, 0.001, wide);
  return [faces, marks];
}
