import { shade, tint } from '../colour.ts';
import { painted, slanted } from '../paint.ts';
import { at, type Dice, n, path, type Svg, times } from '../svg.ts';
import { hairline } from './line-work.ts';

/** A leaf from the origin upwards, turned by degrees. */
export function leaf(length: number, width: number, colour: string, turn = 0): Svg {
  const d = `M0 0C${n(-width)} ${n(-length * 0.3)} ${n(-width * 0.7)} ${n(-length * 0.8)} 0 ${n(-length)}C${n(width * 0.7)} ${n(-length * 0.8)} ${n(width)} ${n(-length * 0.3)} 0 0Z`;
  const paint = slanted([
    [0, tint(colour, 0.28)],
    [0.55, colour],
    [1, shade(colour, 0.3)],
  ]);
  return at(0, 0, painted(d, paint) + hairline(`M0 -6V${n(-length * 0.86)}`, shade(colour, 0.45), 0.5, 2.5), 1, turn);
}

/** A cushion of pine needles about the origin. */
export function needles(radius: number, colour: string, dice: Dice): Svg {
  const layers = [shade(colour, 0.35), colour, tint(colour, 0.22)];
  return layers
    .map((each, layer) =>
      path(
        Array.from({ length: 70 }, () => {
          const angle = -Math.PI * (0.02 + 0.96 * dice());
          const [from, to] = [radius * (0.15 + 0.3 * dice()), radius * (0.62 + 0.38 * dice()) * (1 - layer * 0.12)];
          const spreadX = 1.45;
          return `M${n(Math.cos(angle) * from * spreadX)} ${n(Math.sin(angle) * from * 0.6)}L${n(Math.cos(angle) * to * spreadX)} ${n(Math.sin(angle) * to * 0.7)}`;
        }).join(''),
        { fill: 'none', stroke: each, 'stroke-width': 5, 'stroke-linecap': 'round' },
      ),
    )
    .join('');
}

/** Moss, herbs, tea: many small rounds within a flat oval about the origin. */
export function mound(width: number, height: number, colour: string, dice: Dice, count = 60): Svg {
  return times(count, () => {
    const [angle, far] = [Math.PI * 2 * dice(), Math.sqrt(dice())];
    const [x, y] = [Math.cos(angle) * far * width, Math.sin(angle) * far * height];
    const tone = dice() < 0.5 ? tint(colour, 0.3 * dice()) : shade(colour, 0.35 * dice());
    return `<circle cx="${n(x)}" cy="${n(y)}" r="${n(7 + 11 * dice())}" fill="${tone}"/>`;
  });
}
