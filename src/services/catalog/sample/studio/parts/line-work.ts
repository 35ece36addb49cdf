import { shade, tint } from '../colour.ts';
import { type Attributes, path, type Svg } from '../svg.ts';

/** A rounded stroke with a lit upper edge: handles, wires, stems, sticks. */
export function rod(d: string, width: number, colour: string, attributes: Attributes = {}): Svg {
  const stroke = { fill: 'none', 'stroke-linecap': 'round', 'stroke-linejoin': 'round', ...attributes };
  return [
    path(d, { ...stroke, stroke: shade(colour, 0.22), 'stroke-width': width }),
    path(d, {
      ...stroke,
      stroke: colour,
      'stroke-width': width * 0.66,
      transform: `translate(${-width * 0.07} ${-width * 0.09})`,
    }),
    path(d, {
      ...stroke,
      stroke: tint(colour, 0.55),
      'stroke-width': Math.max(1.5, width * 0.14),
      opacity: 0.7,
      transform: `translate(${-width * 0.16} ${-width * 0.2})`,
    }),
  ].join('');
}

/** Hand stitches along a line. */
export function stitches(d: string, colour: string, width = 3): Svg {
  return path(d, {
    fill: 'none',
    stroke: colour,
    'stroke-width': width,
    'stroke-dasharray': '11 9',
    'stroke-linecap': 'round',
    opacity: 0.75,
  });
}

/** A thin drawn line: a seam, a fold, a ruling. */
export function hairline(d: string, colour: string, opacity = 0.35, width = 2.5): Svg {
  return path(d, { fill: 'none', stroke: colour, 'stroke-width': width, 'stroke-linecap': 'round', opacity });
}
