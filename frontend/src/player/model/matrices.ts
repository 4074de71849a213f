// Matrices of four by four, columns first, as WebGL wants them.

export type Triple = [number, number, number];

export function times(a: Float32Array, b: Float32Array): Float32Array {
  const out = new Float32Array(16);
  for (let c = 0; c < 4; c++)
    for (let r = 0; r < 4; r++)
      out[4 * c + r] = a[r]! * b[4 * c]! + a[4 + r]! * b[4 * c + 1]! + a[8 + r]! * b[4 * c + 2]! + a[12 + r]! * b[4 * c + 3]!;
  return out;
}

/** A turn (quaternion) and a place as one matrix. */
export function placed([x, y, z, w]: number[], [tx, ty, tz]: number[]): Float32Array {
  const [i, j, k, s] = [x!, y!, z!, w!];
  return new Float32Array([
    1 - 2 * (j * j + k * k), 2 * (i * j + k * s), 2 * (i * k - j * s), 0,
    2 * (i * j - k * s), 1 - 2 * (i * i + k * k), 2 * (j * k + i * s), 0,
    2 * (i * k + j * s), 2 * (j * k - i * s), 1 - 2 * (i * i + j * j), 0,
    tx!, ty!, tz!, 1,
  ]);
}

export function lens(high: number, aspect: number, near: number, far: number): Float32Array {
  const f = 1 / Math.tan(high / 2);
  return new Float32Array([f / aspect, 0, 0, 0, 0, f, 0, 0, 0, 0, (far + near) / (near - far), -1, 0, 0, (2 * far * near) / (near - far), 0]);
}

export function looking(eye: Triple, to: Triple): Float32Array {
  const unit = (v: Triple): Triple => {
    const size = Math.hypot(...v);
    return [v[0] / size, v[1] / size, v[2] / size];
  };
  const cross = (a: Triple, b: Triple): Triple => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
  const dot = (a: Triple, b: Triple): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  const z = unit([eye[0] - to[0], eye[1] - to[1], eye[2] - to[2]]), x = unit(cross([0, 1, 0], z)), y = cross(z, x);
  return new Float32Array([x[0], y[0], z[0], 0, x[1], y[1], z[1], 0, x[2], y[2], z[2], 0, -dot(x, eye), -dot(y, eye), -dot(z, eye), 1]);
}
