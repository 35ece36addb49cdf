import { shade, tint } from '../colour.ts';
import { grounding, hollow, type Paint, painted, radial, turned } from '../paint.ts';
import { clipped, curveOn, ellipse, n, oval, type Point, path, type Svg } from '../svg.ts';

/** How flat a circle looks from where the camera stands. */
export const TILT = 0.2;

/** Half the outline of a turned thing, from its rim down to its foot at `y = 0`; the axis is `x = 0`. */
export type Profile = readonly (readonly [radius: number, y: number])[];

export interface Vessel {
  readonly profile: Profile;
  readonly colour: string;
  /** Colour inside; undefined: the same. `closed` things (a bottle's shoulder, a lid) have no opening. */
  readonly inside?: string;
  readonly closed?: boolean;
  /** Thickness of the rim. Default 8. */
  readonly wall?: number;
  /** How much the light models it, from 0. Default 1. */
  readonly depth?: number;
  /** A gleam on the glaze, from 0 (matt) to 1. Default 0.5. */
  readonly gloss?: number;
  /** What is painted on the body, inside its outline. */
  readonly surface?: Svg;
  /** What lies in the opening, inside its outline. */
  readonly content?: Svg;
  readonly paint?: Paint;
}

/** A thing made on the wheel or the lathe, standing on `y = 0`. */
export function vessel(vessel: Vessel): Svg {
  const { profile, colour, closed = false, depth = 1, gloss = 0.5, surface = '', content = '' } = vessel;
  const outline = outlineOf(profile);
  const body = [
    painted(outline, vessel.paint ?? turned(colour, depth)),
    clipped(outline, surface + gleam(profile, gloss)),
    painted(outline, grounding(0.24 * depth)),
  ].join('');
  return closed ? body + lid(profile, colour) : body + mouth(vessel, content);
}

/** The outline of a turned thing: both sides, the near half of its foot, the far half of its rim. */
export function outlineOf(profile: Profile): string {
  const [rim = [0, 0]] = profile;
  const foot = profile.at(-1) ?? rim;
  const left: Point[] = profile.map(([radius, y]) => [-radius, y]);
  const right: Point[] = profile.map(([radius, y]): Point => [radius, y]).reverse();
  return [
    `M${n(-rim[0])} ${n(rim[1])}`,
    curveOn(left),
    `A${n(foot[0])} ${n(foot[0] * TILT)} 0 0 0 ${n(foot[0])} ${n(foot[1])}`,
    curveOn(right),
    `A${n(rim[0])} ${n(rim[0] * TILT)} 0 0 0 ${n(-rim[0])} ${n(rim[1])}Z`,
  ].join('');
}

/** The radius at a height, between the points of the profile. */
export function radiusAt(profile: Profile, y: number): number {
  for (let index = 1; index < profile.length; index++) {
    const [from, to] = [profile[index - 1] ?? [0, 0], profile[index] ?? [0, 0]];
    if (y >= from[1] && y <= to[1]) return from[0] + ((to[0] - from[0]) * (y - from[1])) / (to[1] - from[1] || 1);
  }
  return profile[0]?.[0] ?? 0;
}

/** A ring about the body between two heights, following its curve: for bands, slips and glaze lines. */
export function band(profile: Profile, top: number, bottom: number): string {
  const [above, below] = [radiusAt(profile, top) + 4, radiusAt(profile, bottom) + 4];
  return [
    `M${n(-above)} ${n(top)}A${n(above)} ${n(above * TILT)} 0 0 0 ${n(above)} ${n(top)}`,
    `L${n(below)} ${n(bottom)}A${n(below)} ${n(below * TILT)} 0 0 1 ${n(-below)} ${n(bottom)}Z`,
  ].join('');
}

function mouth({ profile, colour, inside = colour, wall = 8 }: Vessel, content: Svg): Svg {
  const [[radius, y] = [0, 0]] = profile;
  const inner = Math.max(1, radius - wall);
  const opening = oval(0, y, inner, inner * TILT - wall * 0.1);
  return [
    ellipse(0, y, radius, radius * TILT, { fill: tint(colour, 0.42) }),
    painted(opening, hollow(inside)),
    clipped(opening, content),
    path(rimLight(radius - wall * 0.4, y), {
      fill: 'none',
      stroke: tint(colour, 0.8),
      'stroke-width': 2.5,
      opacity: 0.7,
    }),
  ].join('');
}

function rimLight(radius: number, y: number): string {
  const [x, dy] = [radius * Math.cos(2.7), radius * TILT * Math.sin(2.7)];
  return `M${n(x)} ${n(y + dy)}A${n(radius)} ${n(radius * TILT)} 0 0 0 ${n(-radius * 0.1)} ${n(y + radius * TILT)}`;
}

function lid([[radius, y] = [0, 0]]: Profile, colour: string): Svg {
  return ellipse(0, y, radius, radius * TILT, { fill: tint(colour, 0.3) });
}

/** The window of the studio on a glaze: one soft upright patch on the lit side. */
function gleam(profile: Profile, gloss: number): Svg {
  if (gloss === 0) return '';
  const top = profile[0]?.[1] ?? 0;
  const widest = Math.max(...profile.map(([radius]) => radius));
  const glow = radial([
    [0, '#ffffff', 0.75 * gloss],
    [0.5, '#ffffff', 0.28 * gloss],
    [1, '#ffffff', 0],
  ]);
  return painted(oval(-widest * 0.46, top * 0.62, widest * 0.2, -top * 0.3), glow);
}

/** A shadow line where two parts meet, at a height of the body. */
export function seam(radius: number, y: number, colour: string): Svg {
  return path(`M${n(-radius)} ${n(y)}A${n(radius)} ${n(radius * TILT)} 0 0 0 ${n(radius)} ${n(y)}`, {
    fill: 'none',
    stroke: shade(colour, 0.4),
    'stroke-width': 3,
    opacity: 0.5,
  });
}
