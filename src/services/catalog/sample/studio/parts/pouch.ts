import { shade, tint } from '../colour.ts';
import { across, painted } from '../paint.ts';
import { n, path, rectangle, type Svg } from '../svg.ts';
import { hairline } from './line-work.ts';

/** A paper pouch with a folded top and a label, standing on `y = 0`. */
export function pouch(colour: string, mark: string, label = '#f7f0e0'): Svg {
  const body = 'M-150 -392C-154 -250 -176 -120 -168 -14C-120 6 120 6 168 -14C176 -120 154 -250 150 -392Z';
  const paper = across([
    [0, shade(colour, 0.24)],
    [0.14, colour],
    [0.34, tint(colour, 0.22)],
    [0.6, colour],
    [1, shade(colour, 0.32)],
  ]);
  const lines = [0, 1].map((index) =>
    path(`M${n(-46 + index * 16)} ${n(-120 + index * 24)}h${n(92 - index * 32)}`, {
      stroke: shade(mark, 0.2),
      'stroke-width': 7 - index * 2,
      'stroke-linecap': 'round',
    }),
  );
  return [
    painted(body, paper),
    painted(
      'M-152 -442H152L150 -384C70 -376 -70 -376 -150 -384Z',
      across([
        [0, shade(colour, 0.3)],
        [0.4, tint(colour, 0.1)],
        [1, shade(colour, 0.38)],
      ]),
    ),
    hairline('M-150 -386C-70 -377 70 -377 150 -386', shade(colour, 0.6), 0.45, 4),
    hairline('M-128 -370C-120 -250 -140 -130 -136 -24', tint(colour, 0.7), 0.4, 5),
    path(rectangle(-88, -276, 176, 206, 10), { fill: label }),
    `<circle cx="0" cy="-204" r="40" fill="${mark}"/>`,
    ...lines,
  ].join('');
}
