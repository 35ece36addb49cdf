import { fnv1a } from '../../../../kernel/ids.ts';
import { shade, tint } from './colour.ts';
import type { Attributes, Svg } from './svg.ts';
import { path } from './svg.ts';

/** A way to fill a shape: what it needs defined, and the value of `fill`. The light comes from the upper left, always. */
export interface Paint {
  readonly defined: Svg;
  readonly fill: string;
}

type Stop = readonly [offset: number, colour: string, opacity?: number];

/** A path filled with paint. */
export function painted(d: string, paint: Paint, attributes: Attributes = {}): Svg {
  return paint.defined + path(d, { fill: paint.fill, ...attributes });
}

/** Round about an upright axis: light left of the middle, dusk to the right, a little bounce at the edge. */
export function turned(colour: string, depth = 1): Paint {
  return across([
    [0, shade(colour, 0.2 * depth)],
    [0.1, shade(colour, 0.07 * depth)],
    [0.3, tint(colour, 0.3 * depth)],
    [0.5, colour],
    [0.78, shade(colour, 0.2 * depth)],
    [0.94, shade(colour, 0.36 * depth)],
    [1, shade(colour, 0.27 * depth)],
  ]);
}

/** The inside of a round thing: the far right wall catches the light. */
export function hollow(colour: string): Paint {
  return across([
    [0, shade(colour, 0.46)],
    [0.4, shade(colour, 0.26)],
    [0.85, shade(colour, 0.06)],
    [1, tint(colour, 0.08)],
  ]);
}

/** A flat face turned a little: lighter towards the upper left. */
export function face(colour: string, depth = 1): Paint {
  return slanted([
    [0, tint(colour, 0.16 * depth)],
    [0.5, colour],
    [1, shade(colour, 0.13 * depth)],
  ]);
}

/** A ball, or whatever bulges to all sides. */
export function ball(colour: string, depth = 1): Paint {
  const stops: Stop[] = [
    [0, tint(colour, 0.34 * depth)],
    [0.4, colour],
    [0.8, shade(colour, 0.24 * depth)],
    [1, shade(colour, 0.34 * depth)],
  ];
  return radial(stops, 'cx="0.36" cy="0.3" r="0.8"');
}

/** Dusk that gathers towards the bottom of an upright thing; laid over its paint. */
export function grounding(strength = 0.26): Paint {
  return down([
    [0, '#2a2029', 0],
    [0.55, '#2a2029', 0],
    [1, '#2a2029', strength],
  ]);
}

/** A gradient from left to right. */
export function across(stops: readonly Stop[]): Paint {
  return linear(stops, 'x1="0" y1="0" x2="1" y2="0"');
}

/** A gradient from top to bottom. */
export function down(stops: readonly Stop[]): Paint {
  return linear(stops, 'x1="0" y1="0" x2="0" y2="1"');
}

/** A gradient from the upper left to the lower right. */
export function slanted(stops: readonly Stop[]): Paint {
  return linear(stops, 'x1="0" y1="0" x2="1" y2="1"');
}

/** A glow that fades from its middle; `where` are attributes of a radialGradient. */
export function radial(stops: readonly Stop[], where = 'cx="0.5" cy="0.5" r="0.5"'): Paint {
  return gradient('radialGradient', stops, where);
}

function linear(stops: readonly Stop[], where: string): Paint {
  return gradient('linearGradient', stops, where);
}

function gradient(kind: string, stops: readonly Stop[], where: string): Paint {
  const inner = stops
    .map(([offset, colour, opacity]) => {
      const fading = opacity === undefined ? '' : ` stop-opacity="${Math.round(opacity * 1000) / 1000}"`;
      return `<stop offset="${offset}" stop-color="${colour}"${fading}/>`;
    })
    .join('');
  // Named by what it is: the same paint defined twice in a document is one and the same.
  const id = `p${fnv1a(kind + where + inner).toString(36)}`;
  return { defined: `<${kind} id="${id}" ${where}>${inner}</${kind}>`, fill: `url(#${id})` };
}
