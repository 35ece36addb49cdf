import { shade, tint } from '../colour.ts';
import { down, face, painted } from '../paint.ts';
import { clipped, curve, line, n, path, rectangle, type Svg, times } from '../svg.ts';
import { hairline } from './line-work.ts';

/** Folded cloth seen from the front, one layer on the other, standing on `y = 0`; the first colour lies lowest. */
export function stack(
  width: number,
  thickness: number,
  colours: readonly string[],
  pattern?: (colour: string) => Svg,
): Svg {
  return colours
    .map((colour, index) => {
      const top = -(index + 1) * thickness;
      const [left, across] = [-width / 2 + (index % 2) * 9, width - (index % 3) * 12];
      const outline = rectangle(left, top, across, thickness + 3, thickness * 0.48);
      const shading = down([
        [0, tint(colour, 0.3)],
        [0.35, colour],
        [1, shade(colour, 0.34)],
      ]);
      const fold = `M${n(left + thickness * 0.4)} ${n(top + thickness * 0.52)}H${n(left + across - thickness * 0.2)}`;
      const inside =
        pattern === undefined
          ? ''
          : `<g transform="translate(${n(left)} ${n(top)})" opacity=".55">${pattern(colour)}</g>`;
      return painted(outline, shading) + clipped(outline, inside) + hairline(fold, shade(colour, 0.5), 0.4, 3);
    })
    .join('');
}

/** A cloth that lies flat about the origin, its edges not quite straight, with a few soft folds. */
export function spread(width: number, height: number, colour: string, surface: Svg = ''): Svg {
  const [x, y] = [width / 2, height / 2];
  const outline = curve(
    [
      [-x, -y],
      [-x * 0.3, -y - 5],
      [x * 0.4, -y + 4],
      [x, -y],
      [x + 5, -y * 0.2],
      [x - 4, y * 0.5],
      [x, y],
      [x * 0.2, y + 5],
      [-x * 0.5, y - 4],
      [-x, y],
      [-x - 5, y * 0.1],
    ],
    true,
  );
  const folds = times(3, (index) => {
    const at = -x * 0.55 + index * x * 0.52;
    return hairline(`M${n(at)} ${n(-y)}c18 ${n(y * 0.7)} -14 ${n(y * 1.2)} 6 ${n(2 * y)}`, shade(colour, 0.5), 0.16, 7);
  });
  return painted(outline, face(colour)) + clipped(outline, surface + folds);
}

/** Woven squares, waffles, checks: a grid over a field that begins at the origin's upper left. */
export function grid(width: number, height: number, step: number, colour: string, opacity = 0.3, thickness = 3): Svg {
  const columns = Array.from({ length: Math.floor(width / step) + 1 }, (_, i) =>
    line([
      [-width / 2 + i * step, -height / 2],
      [-width / 2 + i * step, height / 2],
    ]),
  );
  const rows = Array.from({ length: Math.floor(height / step) + 1 }, (_, i) =>
    line([
      [-width / 2, -height / 2 + i * step],
      [width / 2, -height / 2 + i * step],
    ]),
  );
  return path([...columns, ...rows].join(''), { fill: 'none', stroke: colour, 'stroke-width': thickness, opacity });
}

/** A fringe of threads along the lower edge. */
export function fringe(width: number, y: number, colour: string, length = 26): Svg {
  return times(Math.floor(width / 13), (index) => {
    const x = -width / 2 + 6 + index * 13;
    return hairline(
      `M${n(x)} ${n(y)}q${n((index % 3) - 1)} ${n(length / 2)} ${n(((index * 7) % 5) - 2)} ${n(length)}`,
      colour,
      0.9,
      4,
    );
  });
}
