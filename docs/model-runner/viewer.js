// Shows runner.glb without any library: reads the file, turns the bones, draws with WebGL 2.
// X is forward, Y up, Z to the runner's right, in metres.
"use strict";

const KINDS = { 5120: Int8Array, 5121: Uint8Array, 5122: Int16Array, 5123: Uint16Array, 5125: Uint32Array, 5126: Float32Array };
const SIZES = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4, MAT4: 16 };

// ---- the file -------------------------------------------------------------------------------------------------

async function unpacked() {
  const given = new URLSearchParams(location.search).get("file");
  if (given) return (await fetch(given)).arrayBuffer();
  const packed = Uint8Array.from(atob(window.MODEL_RUNNER), (c) => c.charCodeAt(0));
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

function parsed(buffer) {
  const words = new DataView(buffer);
  if (words.getUint32(0, true) !== 0x46546c67 || words.getUint32(4, true) !== 2) throw new Error("not a glTF 2.0 file");
  const long = words.getUint32(12, true);
  const gltf = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 20, long)));
  const start = 20 + long + 8;
  const array = (number) => {
    const accessor = gltf.accessors[number], view = gltf.bufferViews[accessor.bufferView];
    const at = start + (view.byteOffset || 0) + (accessor.byteOffset || 0), kind = KINDS[accessor.componentType];
    const row = view.byteStride ? view.byteStride / kind.BYTES_PER_ELEMENT : SIZES[accessor.type];
    return new kind(buffer, at, accessor.count * row);
  };
  const moves = gltf.animations.map((animation) => ({
    name: animation.name,
    extras: animation.extras,
    channels: animation.channels.map((channel) => {
      const sampler = animation.samplers[channel.sampler];
      return { node: channel.target.node, path: channel.target.path, keys: array(sampler.input), values: array(sampler.output) };
    }),
  }));
  return { gltf, array, moves };
}

// ---- matrices, columns first ----------------------------------------------------------------------------------

function times(a, b) {
  const out = new Float32Array(16);
  for (let c = 0; c < 4; c++) for (let r = 0; r < 4; r++)
    out[4 * c + r] = a[r] * b[4 * c] + a[4 + r] * b[4 * c + 1] + a[8 + r] * b[4 * c + 2] + a[12 + r] * b[4 * c + 3];
  return out;
}

function placed([x, y, z, w], [tx, ty, tz]) {
  return new Float32Array([
    1 - 2 * (y * y + z * z), 2 * (x * y + z * w), 2 * (x * z - y * w), 0,
    2 * (x * y - z * w), 1 - 2 * (x * x + z * z), 2 * (y * z + x * w), 0,
    2 * (x * z + y * w), 2 * (y * z - x * w), 1 - 2 * (x * x + y * y), 0,
    tx, ty, tz, 1,
  ]);
}

function lens(high, aspect, near, far) {
  const f = 1 / Math.tan(high / 2);
  return new Float32Array([f / aspect, 0, 0, 0, 0, f, 0, 0, 0, 0, (far + near) / (near - far), -1, 0, 0, (2 * far * near) / (near - far), 0]);
}

function looking(eye, to) {
  const unit = (v) => { const s = Math.hypot(...v); return v.map((x) => x / s); };
  const cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
  const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  const z = unit(eye.map((v, i) => v - to[i])), x = unit(cross([0, 1, 0], z)), y = cross(z, x);
  return new Float32Array([x[0], y[0], z[0], 0, x[1], y[1], z[1], 0, x[2], y[2], z[2], 0, -dot(x, eye), -dot(y, eye), -dot(z, eye), 1]);
}

// ---- how the bones stand --------------------------------------------------------------------------------------

function posed(file, move, time) {
  const nodes = file.gltf.nodes;
  const local = nodes.map((node) => ({ turn: [0, 0, 0, 1], place: node.translation || [0, 0, 0] }));
  for (const { node, path, keys, values } of move.channels) {
    let k = 0;
    while (k < keys.length - 2 && keys[k + 1] <= time) k++;
    const part = Math.min(Math.max((time - keys[k]) / (keys[k + 1] - keys[k]), 0), 1);
    const size = path === "rotation" ? 4 : 3, scale = values instanceof Int16Array ? 1 / 32767 : 1;
    let value = [];
    for (let i = 0; i < size; i++) value.push(scale * (values[k * size + i] * (1 - part) + values[(k + 1) * size + i] * part));
    if (path === "rotation") { const s = Math.hypot(...value); value = value.map((v) => v / s); local[node].turn = value; }
    else local[node].place = value;
  }
  const world = [];
  const walk = (number, above) => {
    const own = placed(local[number].turn, local[number].place);
    world[number] = above ? times(above, own) : own;
    for (const child of nodes[number].children || []) walk(child, world[number]);
  };
  walk(file.gltf.skins[0].skeleton, null);
  return world;
}

// ---- drawing --------------------------------------------------------------------------------------------------

const SKIN_VERTEX = `#version 300 es
uniform mat4 bones[BONES], camera; uniform float flat_;
in vec3 position, normal; in vec4 colour, weight; in uvec4 joint;
out vec3 shade; out vec3 facing; out vec3 where;
void main() {
  mat4 m = weight.x * bones[joint.x] + weight.y * bones[joint.y] + weight.z * bones[joint.z] + weight.w * bones[joint.w];
  where = (m * vec4(position, 1.0)).xyz; facing = mat3(m) * normal; shade = colour.rgb;
  if (flat_ > 0.5) { where = vec3(where.x - 0.35 * where.y, 0.002, where.z - 0.25 * where.y); }
  gl_Position = camera * vec4(where, 1.0);
}`;
const SKIN_FRAGMENT = `#version 300 es
precision highp float;
uniform vec3 eye; uniform float flat_;
in vec3 shade; in vec3 facing; in vec3 where; out vec4 seen;
void main() {
  if (flat_ > 0.5) { seen = vec4(0.62, 0.64, 0.66, 1.0); return; }
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

function program(gl, vertex, fragment) {
  const made = gl.createProgram();
  for (const [kind, text] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, text); gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(shader));
    gl.attachShader(made, shader);
  }
  gl.linkProgram(made);
  if (!gl.getProgramParameter(made, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(made));
  return made;
}

function surface(gl, file) {
  const part = file.gltf.meshes[0].primitives[0], count = file.gltf.skins[0].joints.length;
  const drawn = program(gl, SKIN_VERTEX.replace("BONES", String(count)), SKIN_FRAGMENT);
  const held = gl.createVertexArray();
  gl.bindVertexArray(held);
  const names = { position: "POSITION", normal: "NORMAL", colour: "COLOR_0", weight: "WEIGHTS_0", joint: "JOINTS_0" };
  for (const [name, key] of Object.entries(names)) {
    const at = gl.getAttribLocation(drawn, name), accessor = file.gltf.accessors[part.attributes[key]];
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ARRAY_BUFFER, file.array(part.attributes[key]), gl.STATIC_DRAW);
    gl.enableVertexAttribArray(at);
    const size = SIZES[accessor.type], stride = file.gltf.bufferViews[accessor.bufferView].byteStride || 0;
    if (name === "joint") gl.vertexAttribIPointer(at, size, accessor.componentType, stride, 0);
    else gl.vertexAttribPointer(at, size, accessor.componentType, Boolean(accessor.normalized), stride, 0);
  }
  const corners = file.array(part.indices), kind = file.gltf.accessors[part.indices].componentType;
  gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, corners, gl.STATIC_DRAW);
  gl.bindVertexArray(null);
  const bind = file.array(file.gltf.skins[0].inverseBindMatrices);
  return (world, camera, eye) => {
    const bones = new Float32Array(16 * count);
    file.gltf.skins[0].joints.forEach((node, i) => bones.set(times(world[node], bind.subarray(16 * i, 16 * i + 16)), 16 * i));
    gl.useProgram(drawn);
    gl.bindVertexArray(held);
    gl.uniformMatrix4fv(gl.getUniformLocation(drawn, "bones"), false, bones);
    gl.uniformMatrix4fv(gl.getUniformLocation(drawn, "camera"), false, camera);
    gl.uniform3fv(gl.getUniformLocation(drawn, "eye"), eye);
    for (const shadow of [1, 0]) {
      gl.uniform1f(gl.getUniformLocation(drawn, "flat_"), shadow);
      gl.drawElements(gl.TRIANGLES, corners.length, kind, 0);
    }
    gl.bindVertexArray(null);
  };
}

function pencil(gl) {
  const drawn = program(gl, LINE_VERTEX, LINE_FRAGMENT), buffer = gl.createBuffer();
  return (points, camera, ink, kind) => {
    gl.useProgram(drawn);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.bufferData(gl.ARRAY_BUFFER, new Float32Array(points), gl.DYNAMIC_DRAW);
    const at = gl.getAttribLocation(drawn, "position");
    gl.enableVertexAttribArray(at);
    gl.vertexAttribPointer(at, 3, gl.FLOAT, false, 0, 0);
    gl.uniformMatrix4fv(gl.getUniformLocation(drawn, "camera"), false, camera);
    gl.uniform4fv(gl.getUniformLocation(drawn, "ink"), ink);
    gl.drawArrays(kind, 0, points.length / 3);
  };
}

// A line as two crossed ribbons, so that it has a width from everywhere.
function ribbon([ax, ay, az], [bx, by, bz], wide) {
  const faces = [];
  for (const [dx, dz] of [[wide, 0], [0, wide]])
    faces.push(ax - dx, ay, az - dz, ax + dx, ay, az + dz, bx - dx, by, bz - dz, bx - dx, by, bz - dz, ax + dx, ay, az + dz, bx + dx, by, bz + dz);
  return faces;
}

function belt(moved) {
  const faces = [], half = 1.1, wide = 0.34, step = 0.5;
  faces.push(-half, 0, -wide, half, 0, -wide, -half, 0, wide, -half, 0, wide, half, 0, -wide, half, 0, wide);
  const marks = [];
  for (let x = -half - (moved % step); x < half; x += step)
    if (x > -half) marks.push(x, 0.001, -wide, x + 0.012, 0.001, -wide, x, 0.001, wide, x, 0.001, wide, x + 0.012, 0.001, -wide, x + 0.012, 0.001, wide);
  return [faces, marks];
}

// ---- the page -------------------------------------------------------------------------------------------------

function nearer(file, move, time) {
  const stride = move.extras.stride_s;
  const away = (side) => { const d = Math.abs(time - move.extras[side].midstance_s); return Math.min(d, stride - d); };
  return away("left") < away("right") ? "left" : "right";
}

function start(file) {
  const find = (id) => document.getElementById(id), canvas = find("view");
  const gl = canvas.getContext("webgl2", { antialias: true });
  if (!gl) throw new Error("this browser has no WebGL 2");
  const body = surface(gl, file), line = pencil(gl);
  const bone = (name) => file.gltf.nodes.findIndex((node) => node.name === name);
  const query = new URLSearchParams(location.search);
  const state = { move: file.moves[0], time: 0, playing: true, around: 90, up: 6, away: 4.2, last: 0 };

  const buttons = file.moves.map((move) => {
    const button = document.createElement("button");
    button.textContent = move.name;
    button.onclick = () => { state.time *= move.extras.stride_s / state.move.extras.stride_s; state.move = move; pressed(); };
    find("cycles").append(button);
    return button;
  });
  const pressed = () => {
    buttons.forEach((b, i) => b.setAttribute("aria-pressed", String(file.moves[i] === state.move)));
    find("play").setAttribute("aria-pressed", String(state.playing));
    find("play").textContent = state.playing ? "Pause" : "Play";
    find("pace-said").textContent = `${Math.round(100 * find("pace").value)} %`;
  };
  const stop = () => { state.playing = false; state.time = state.move.extras.right.midstance_s; pressed(); };
  find("play").onclick = () => { state.playing = !state.playing; pressed(); };
  find("midstance").onclick = stop;
  find("pace").oninput = pressed;
  document.querySelectorAll("[data-look]").forEach((b) => { b.onclick = () => { state.around = Number(b.dataset.look); state.up = 6; }; });
  canvas.onpointerdown = (e) => canvas.setPointerCapture(e.pointerId);
  canvas.onpointermove = (e) => {
    if (!e.buttons) return;
    state.around -= 0.4 * e.movementX;
    state.up = Math.min(Math.max(state.up + 0.3 * e.movementY, -5), 85);
  };
  canvas.onwheel = (e) => { e.preventDefault(); state.away = Math.min(Math.max(state.away * Math.exp(0.001 * e.deltaY), 1.5), 9); };
  canvas.onkeydown = (e) => {
    const turn = { ArrowLeft: [5, 0], ArrowRight: [-5, 0], ArrowUp: [0, 4], ArrowDown: [0, -4] }[e.key];
    if (!turn) return;
    e.preventDefault(); state.around += turn[0]; state.up = Math.min(Math.max(state.up + turn[1], -5), 85);
  };

  function draw() {
    const ratio = window.devicePixelRatio || 1;
    const [w, h] = [Math.round(canvas.clientWidth * ratio), Math.round(canvas.clientHeight * ratio)];
    if (canvas.width !== w || canvas.height !== h) { canvas.width = w; canvas.height = h; }
    gl.viewport(0, 0, w, h);
    gl.clearColor(0.87, 0.88, 0.89, 1);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    gl.enable(gl.DEPTH_TEST);
    const [a, u] = [state.around * Math.PI / 180, state.up * Math.PI / 180], to = [0, 0.92, 0];
    const eye = [to[0] + state.away * Math.cos(u) * Math.cos(a), to[1] + state.away * Math.sin(u), to[2] + state.away * Math.cos(u) * Math.sin(a)];
    const camera = times(lens(0.52, w / h, 0.1, 40), looking(eye, to));
    const world = posed(file, state.move, state.time);
    const [ground, marks] = belt(state.time * state.move.extras.speed_m_s);
    line(ground, camera, [0.72, 0.73, 0.74, 1], gl.TRIANGLES);
    line(marks, camera, [0.6, 0.61, 0.62, 1], gl.TRIANGLES);
    body(world, camera, eye);
    const side = nearer(file, state.move, state.time);
    const place = (name) => world[bone(`${side}_${name}`)].slice(12, 15), hip = place("thigh"), ankle = place("foot");
    if (find("plumb").checked) {
      gl.disable(gl.DEPTH_TEST);
      line(ribbon(hip, [hip[0], 0, hip[2]], 0.004), camera, [0.75, 0.22, 0.08, 1], gl.TRIANGLES);
      for (const [x, y, z] of [hip, ankle]) line(ribbon([x, y - 0.012, z], [x, y + 0.012, z], 0.012), camera, [0.75, 0.22, 0.08, 1], gl.TRIANGLES);
    }
    const there = (100 * state.move.extras[side].hip_over_ankle_m).toFixed(1);
    find("said").innerHTML = `<b>${state.move.name}</b>hip over ankle at midstance ${there} cm<br>` +
      `now ${(100 * (hip[0] - ankle[0])).toFixed(1)} cm (${side} leg)`;
  }
  function tick(now) {
    const step = Math.min((now - state.last) / 1000, 0.1);
    state.last = now;
    if (state.playing) state.time = (state.time + step * Number(find("pace").value)) % state.move.extras.stride_s;
    draw();
    requestAnimationFrame(tick);
  }
  if (query.has("cycle")) state.move = file.moves.find((move) => move.name === query.get("cycle")) || state.move;
  if (query.has("look")) state.around = Number(query.get("look"));
  if (query.has("time")) { state.playing = false; state.time = Number(query.get("time")); }
  pressed();
  if (query.has("midstance")) stop();
  document.documentElement.dataset.ready = "yes";
  requestAnimationFrame(tick);
}

unpacked().then(parsed).then(start).catch((error) => { document.getElementById("said").textContent = `Cannot show the runner: ${error.message}`; });
