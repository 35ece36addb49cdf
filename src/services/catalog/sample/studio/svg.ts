import { fnv1a } from '../../../../kernel/ids.ts';

/** A piece of an SVG document. Pieces are put together by joining them; what is written later lies on top. */
export type Svg = string;
export type Point = readonly [x: number, y: number];
/** Numbers in [0, 1), the same ones for the same seed. */
export type Dice = () => number;

export const n = (value: number): string => String(Math.round(value * 10) / 10);

/** Attributes as SVG writes them; those that are undefined are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** A `<path>` of path data. */
export function path(d: string, attributes: Attributes): Svg {
  return `<path d="${d}"${written(attributes)}/>`;
}

/** An `<ellipse>` around its middle. */
export function ellipse(cx: number, cy: number, rx: number, ry: number, attributes: Attributes): Svg {
  return `<ellipse cx="${n(cx)}" cy="${n(cy)}" rx="${n(rx)}" ry="${n(ry)}"${written(attributes)}/>`;
}

/** A `<rect>` from its upper left corner. */
export function rect(x: number, y: number, width: number, height: number, attributes: Attributes): Svg {
  return `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}"${written(attributes)}/>`;
}

/** Content in a `<g>`, which its attributes hold for. */
export function group(content: Svg, attributes: Attributes): Svg {
  return `<g${written(attributes)}>${content}</g>`;
}

/** Content moved to a place, scaled and turned (in degrees) there. */
export function at(x: number, y: number, content: Svg, scale = 1, turn = 0): Svg {
  const turned = turn === 0 ? '' : ` rotate(${n(turn)})`;
  const scaled = scale === 1 ? '' : ` scale(${Math.round(scale * 1000) / 1000})`;
  return `<g transform="translate(${n(x)} ${n(y)})${turned}${scaled}">${content}</g>`;
}

/** Content shown only inside the outline `d`. */
export function clipped(d: string, content: Svg): Svg {
  const id = `k${fnv1a(d).toString(36)}`;
  return `<clipPath id="${id}"><path d="${d}"/></clipPath><g clip-path="url(#${id})">${content}</g>`;
}

/** Straight lines through the points. */
export function line(points: readonly Point[], closed = false): string {
  return `M${points.map(([x, y]) => `${n(x)} ${n(y)}`).join('L')}${closed ? 'Z' : ''}`;
}

/** A soft curve through the points (Catmull-Rom). */
export function curve(points: readonly Point[], closed = false): string {
  const [first] = points;
  return first === undefined ? '' : `M${n(first[0])} ${n(first[1])}${curveOn(points, closed)}${closed ? 'Z' : ''}`;
}

/** The curve without its beginning, to go on from where a path is. */
export function curveOn(points: readonly Point[], closed = false): string {
  const count = points.length;
  const pick = (index: number): Point => {
    const held = closed ? (index + count) % count : Math.min(count - 1, Math.max(0, index));
    return points[held] ?? [0, 0];
  };
  return Array.from({ length: closed ? count : count - 1 }, (_, index) => {
    const [before, from, to, after] = [pick(index - 1), pick(index), pick(index + 1), pick(index + 2)];
    const one = [from[0] + (to[0] - before[0]) / 6, from[1] + (to[1] - before[1]) / 6] as const;
    const two = [to[0] - (after[0] - from[0]) / 6, to[1] - (after[1] - from[1]) / 6] as const;
    return `C${n(one[0])} ${n(one[1])} ${n(two[0])} ${n(two[1])} ${n(to[0])} ${n(to[1])}`;
  }).join('');
}

/** Path data of a rectangle whose corners are round by `radius` at most. */
export function rectangle(x: number, y: number, width: number, height: number, radius = 0): string {
  const r = Math.min(radius, width / 2, height / 2);
  if (r === 0) return `M${n(x)} ${n(y)}h${n(width)}v${n(height)}h${n(-width)}Z`;
  const corner = (dx: number, dy: number) => `a${n(r)} ${n(r)} 0 0 1 ${n(dx)} ${n(dy)}`;
  const [across, down] = [n(width - 2 * r), n(height - 2 * r)];
  return `M${n(x + r)} ${n(y)}h${across}${corner(r, r)}v${down}${corner(-r, r)}h-${across}${corner(-r, -r)}v-${down}${corner(r, -r)}Z`;
}

/** Path data of an ellipse. */
export function oval(cx: number, cy: number, rx: number, ry: number): string {
  const [a, b] = [n(rx), n(ry)];
  return `M${n(cx - rx)} ${n(cy)}a${a} ${b} 0 1 1 ${n(2 * rx)} 0a${a} ${b} 0 1 1 ${n(-2 * rx)} 0Z`;
}

/** Dice for a seed (mulberry32 over its FNV-1a hash). */
export function dice(seed: string): Dice {
  let state = fnv1a(seed);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), 1 | state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return ((word ^ (word >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** `make` for 0 … count − 1, joined. */
export function times(count: number, make: (index: number) => Svg): Svg {
  return Array.from({ length: count }, (_, index) => make(index)).join('');
}

function written(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) =>
      value === undefined ? '' : ` ${name}="${typeof value === 'number' ? short(value) : value}"`,
    )
    .join('');
}

const short = (value: number) => String(Math.round(value * 1000) / 1000);
