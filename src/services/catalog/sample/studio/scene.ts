import { shade, tint } from './colour.ts';
import { down, painted, radial } from './paint.ts';
import { at, dice, group, n, path, rect, rectangle, type Svg } from './svg.ts';

/** Papers of the studio: what hangs behind and what things stand on. They live with the house's paper, ink, persimmon and pine. */
export const PAPERS = {
  oat: ['#efe7da', '#e4d9c7'],
  shell: ['#f4eee6', '#e9e0d4'],
  sage: ['#dbe2d4', '#ccd6c5'],
  pine: ['#3d5c4d', '#314c40'],
  mist: ['#dce3e6', '#cdd7dc'],
  slate: ['#58646c', '#4a555c'],
  clay: ['#efd9ca', '#e4c7b4'],
  persimmon: ['#d9764a', '#c8653b'],
  butter: ['#f3e3bd', '#e9d4a4'],
  blush: ['#f0dcd8', '#e5cac5'],
  plum: ['#6d5660', '#5c4751'],
  stone: ['#dfdad2', '#d1cac0'],
  ink: ['#3a3836', '#2e2c2a'],
  dusk: ['#4a433d', '#3c3631'],
} as const satisfies Record<string, readonly [wall: string, table: string]>;
export type Paper = keyof typeof PAPERS;

/** Something that stands or lies in a scene. A standing thing's `y` is where its foot is; a lying thing's its middle. */
export interface Placed {
  readonly x: number;
  readonly y: number;
  readonly scale?: number;
  readonly turn?: number;
  readonly drawing: Svg;
  /** How much shadow it throws: glass less, paper little. Default 1. */
  readonly shadow?: number;
}

export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly paper: Paper;
  /** `standing`: seen from the front, a little from above. `lying`: seen from straight above. `hanging`: on a wall. */
  readonly view: 'standing' | 'lying' | 'hanging';
  /** Where the wall meets the table, of a standing scene. */
  readonly horizon?: number;
  readonly things: readonly Placed[];
  /** Drawn on the paper, below all shadows: a shelf, a cloth, light through a window. */
  readonly under?: Svg;
  readonly over?: Svg;
  readonly seed: string;
}

/** The inside of a picture: its paper, its things with their shadows, light over all. */
export function scene(scene: Scene): Svg {
  const { width, height, view, things, under = '', over = '' } = scene;
  const shadows = things
    .map((thing) => (view === 'standing' ? standingShadow(thing) : lyingShadow(thing, view)))
    .join('');
  const drawn = things.map(({ x, y, scale, turn, drawing }) => at(x, y, drawing, scale, turn)).join('');
  return [SHADOWS, backdrop(scene), under, shadows, drawn, over, falloff(width, height)].join('');
}

const SHADOWS = `<filter id="cast" x="-30%" y="-30%" width="180%" height="180%" color-interpolation-filters="sRGB"><feColorMatrix values="0 0 0 0 .13 0 0 0 0 .09 0 0 0 0 .1 0 0 0 1 0"/><feGaussianBlur stdDeviation="13"/></filter><filter id="near" x="-20%" y="-20%" width="150%" height="150%" color-interpolation-filters="sRGB"><feColorMatrix values="0 0 0 0 .13 0 0 0 0 .09 0 0 0 0 .1 0 0 0 1 0"/><feGaussianBlur stdDeviation="5"/></filter>`;

/** The thing's own outline laid down on the table, away from the light, and a dark seam where it stands. */
function standingShadow({ x, y, scale = 1, drawing, shadow = 1 }: Placed): Svg {
  const laid = `translate(${n(x)} ${n(y)}) matrix(${n(scale)} 0 ${-0.95 * scale} ${-0.24 * scale} 0 0) scale(1 1)`;
  return [group(group(drawing, { transform: laid }), { filter: 'url(#cast)', opacity: 0.26 * shadow })].join('');
}

function lyingShadow({ x, y, scale = 1, turn = 0, drawing, shadow = 1 }: Placed, view: 'lying' | 'hanging'): Svg {
  const [far, close] = view === 'lying' ? [16, 5] : [26, 8];
  return [
    group(at(x + far, y + far * 1.2, drawing, scale, turn), { filter: 'url(#cast)', opacity: 0.24 * shadow }),
    group(at(x + close, y + close * 1.2, drawing, scale, turn), { filter: 'url(#near)', opacity: 0.26 * shadow }),
  ].join('');
}

function backdrop({ width, height, paper, view, horizon = height * 0.66, seed }: Scene): Svg {
  const [wall, table] = PAPERS[paper];
  const whole = rectangle(0, 0, width, height);
  const sheet = view === 'lying' ? table : wall;
  const wallPaint = down([
    [0, tint(sheet, 0.06)],
    [1, shade(sheet, 0.03)],
  ]);
  const ground =
    view !== 'standing'
      ? ''
      : painted(
          rectangle(0, horizon, width, height - horizon),
          down([
            [0, shade(table, 0.035)],
            [0.25, table],
            [1, tint(table, 0.1)],
          ]),
        );
  return painted(whole, wallPaint) + ground + fibres(width, height, sheet, seed);
}

/** Long fine fibres and a few specks, as in hanji: hardly seen, and yet the paper is no longer a screen. */
function fibres(width: number, height: number, sheet: string, seed: string): Svg {
  const roll = dice(`${seed}/fibres`);
  const strand = () => {
    const [x, y, turn, long] = [roll() * width, roll() * height, roll() * 6.28, 12 + roll() * 40];
    const [dx, dy] = [Math.cos(turn) * long, Math.sin(turn) * long];
    return `M${n(x)} ${n(y)}q${n(dx * 0.5 - dy * 0.2)} ${n(dy * 0.5 + dx * 0.2)} ${n(dx)} ${n(dy)}`;
  };
  const strands = (count: number) => Array.from({ length: count }, strand).join('');
  const area = (width * height) / 1_000_000;
  return [
    path(strands(Math.round(70 * area)), { fill: 'none', stroke: tint(sheet, 0.6), 'stroke-width': 1.1, opacity: 0.4 }),
    path(strands(Math.round(45 * area)), {
      fill: 'none',
      stroke: shade(sheet, 0.4),
      'stroke-width': 0.9,
      opacity: 0.16,
    }),
  ].join('');
}

/** Light comes from the upper left and thins out to the lower right. */
function falloff(width: number, height: number): Svg {
  const light = radial(
    [
      [0, '#fff8ea', 0.2],
      [1, '#fff8ea', 0],
    ],
    'cx="0.16" cy="0.08" r="0.75"',
  );
  const dim = radial(
    [
      [0, '#241a1c', 0],
      [0.62, '#241a1c', 0],
      [1, '#241a1c', 0.1],
    ],
    'cx="0.36" cy="0.34" r="0.92"',
  );
  return (
    light.defined +
    dim.defined +
    rect(0, 0, width, height, { fill: light.fill }) +
    rect(0, 0, width, height, { fill: dim.fill })
  );
}

/** A whole document. */
export function document(width: number, height: number, content: Svg, view = `0 0 ${width} ${height}`): Svg {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${view}">${content}</svg>`;
}
