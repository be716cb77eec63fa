/** L-BFGS: the lowest point of a smooth function of many numbers, from a few of its slopes. */

/** Writes the slope at `point` into `slope` and returns the height. */
type Slope = (point: Float32Array, slope: Float32Array) => number;

/** Earlier steps that are remembered. */
const MEMORY = 8;
const HALVINGS = 12;
/** Less than this share of the height is no progress any more. */
const STILL = 1e-6;
const FIRST_STEP = 10;

interface Step {
  readonly move: Float32Array;
  readonly turn: Float32Array;
  readonly scale: number;
}
interface Place {
  readonly point: Float32Array;
  readonly slope: Float32Array;
  readonly height: number;
}

export function minimize(of: Slope, size: number, iterations: number): Float32Array {
  const look = (point: Float32Array): Place => {
    const slope = new Float32Array(size);
    return { point, slope, height: of(point, slope) };
  };
  let here = look(new Float32Array(size));
  const steps: Step[] = [];
  for (let iteration = 0; iteration < iterations; iteration++) {
    const way = direction(here.slope, steps);
    const descent = -dot(here.slope, way);
    const next = descent < 0 ? walk(look, here, way, descent) : null;
    if (next === null) break;
    const move = next.point.map((value, at) => value - (here.point[at] ?? 0));
    const turn = next.slope.map((value, at) => value - (here.slope[at] ?? 0));
    const curve = dot(move, turn);
    if (curve > 1e-10) steps.push({ move, turn, scale: 1 / curve });
    if (steps.length > MEMORY) steps.shift();
    const gain = here.height - next.height;
    here = next;
    if (gain < STILL * Math.max(1, Math.abs(here.height))) break;
  }
  return here.point;
}

/** Against the slope, bent by what the last steps told about the curvature. */
function direction(slope: Float32Array, steps: readonly Step[]): Float32Array {
  const way = slope.slice();
  const shares = new Map<Step, number>();
  for (const step of steps.toReversed()) {
    const share = step.scale * dot(step.move, way);
    shares.set(step, share);
    addTo(way, step.turn, -share);
  }
  const last = steps.at(-1);
  const size =
    last === undefined
      ? FIRST_STEP / Math.sqrt(dot(slope, slope) || 1)
      : 1 / (last.scale * dot(last.turn, last.turn));
  for (let at = 0; at < way.length; at++) way[at] = (way[at] ?? 0) * size;
  for (const step of steps) addTo(way, step.move, (shares.get(step) ?? 0) - step.scale * dot(step.turn, way));
  return way;
}

function walk(
  look: (point: Float32Array) => Place,
  from: Place,
  way: Float32Array,
  descent: number,
): Place | null {
  let step = 1;
  for (let halving = 0; halving < HALVINGS; halving++) {
    const next = look(from.point.map((value, at) => value - step * (way[at] ?? 0)));
    if (next.height <= from.height + 1e-4 * step * descent) return next;
    step /= 2;
  }
  return null;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}

function addTo(to: Float32Array, from: Float32Array, factor: number): void {
  for (let at = 0; at < to.length; at++) to[at] = (to[at] ?? 0) + factor * (from[at] ?? 0);
}
