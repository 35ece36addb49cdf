import { shade } from '../colour.ts';
import { across, painted } from '../paint.ts';
import { n, path, type Svg } from '../svg.ts';
import { band, type Profile, radiusAt, TILT } from './vessel.ts';

/** A paper label about a jar or a bottle, with a mark and lines that stand for words. */
export function label(profile: Profile, top: number, bottom: number, colour: string, ink: string): Svg {
  const radius = radiusAt(profile, (top + bottom) / 2);
  const dip = radius * TILT;
  const height = bottom - top;
  const paper = across([
    [0, shade(colour, 0.2)],
    [0.3, colour],
    [0.62, colour],
    [1, shade(colour, 0.26)],
  ]);
  const words = [0.62, 0.76].map((share, index) => {
    const [half, y] = [radius * (0.42 - index * 0.14), top + height * share + dip];
    return path(`M${n(-half)} ${n(y)}q${n(half)} ${n(dip * 0.14)} ${n(2 * half)} 0`, {
      fill: 'none',
      stroke: ink,
      'stroke-width': 7 - index * 2,
      'stroke-linecap': 'round',
    });
  });
  const mark = `<circle cx="0" cy="${n(top + height * 0.3 + dip)}" r="${n(Math.min(radius * 0.2, height * 0.16))}" fill="${ink}"/>`;
  return painted(band(profile, top, bottom), paper) + mark + words.join('');
}
