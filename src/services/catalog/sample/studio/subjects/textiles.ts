import { shade, tint } from '../colour.ts';
import { ball, face, painted } from '../paint.ts';
import { fringe, grid, spread, stack } from '../parts/cloth.ts';
import { hairline, stitches } from '../parts/line-work.ts';
import type { Subject } from '../subject.ts';
import { at, clipped, group, line, n, path, rectangle, type Svg, times } from '../svg.ts';

const PATCHES = [
  '#c8542f',
  '#e3a63c',
  '#1f5a47',
  '#33507a',
  '#b9879c',
  '#efe6d4',
  '#7c3a49',
  '#8fae9b',
  '#d98d6a',
  '#57636b',
  '#ead2a0',
  '#3f7a6a',
];

const tablecloth = (colour: string): Svg =>
  at(
    0,
    0,
    spread(
      600,
      420,
      colour,
      grid(600, 420, 16, shade(colour, 0.3), 0.16, 2) +
        path(rectangle(-272, -182, 544, 364), {
          fill: 'none',
          stroke: tint(colour, 0.7),
          'stroke-width': 6,
          opacity: 0.7,
        }),
    ),
    1,
    -7,
  );

function bojagi(): Svg {
  const cells: readonly (readonly [number, number, number, number])[] = [
    [-240, -240, 170, 120],
    [-70, -240, 130, 190],
    [60, -240, 180, 90],
    [-240, -120, 100, 170],
    [-140, -120, 70, 100],
    [60, -150, 110, 150],
    [170, -150, 70, 220],
    [-140, -20, 120, 130],
    [-20, -50, 80, 160],
    [60, 0, 110, 110],
    [-240, 50, 100, 190],
    [-140, 110, 180, 130],
    [40, 110, 130, 130],
    [170, 70, 70, 170],
  ];
  const patches = cells.map(([x, y, w, h], index) => {
    const colour = PATCHES[index % PATCHES.length] ?? '#efe6d4';
    return (
      painted(rectangle(x, y, w, h), face(colour, 0.7)) +
      path(rectangle(x + 5, y + 5, w - 10, h - 10), {
        fill: 'none',
        stroke: tint(colour, 0.6),
        'stroke-width': 2,
        'stroke-dasharray': '6 7',
        opacity: 0.6,
      })
    );
  });
  return at(
    0,
    0,
    patches.join('') + path(rectangle(-240, -240, 480, 480), { fill: 'none', stroke: '#efe6d4', 'stroke-width': 8 }),
    1.12,
    12,
  );
}

const waffle = (colour: string): Svg =>
  stack(430, 92, [colour, tint(colour, 0.12), colour], (each) =>
    at(215, 46, grid(430, 92, 24, shade(each, 0.55), 0.5, 4)),
  ) + hanging(colour);

function hanging(colour: string): Svg {
  const d = 'M-60 -278L150 -278C158 -180 150 -90 156 -20L-52 -20C-58 -110 -52 -190 -60 -278Z';
  return (
    painted(d, face(tint(colour, 0.06))) +
    clipped(d, at(46, -150, grid(230, 280, 24, shade(colour, 0.55), 0.3, 4))) +
    path('M-52 -58H155M-53 -76H154', { stroke: tint(colour, 0.7), 'stroke-width': 8, opacity: 0.75 })
  );
}

function cushion(colour: string): Svg {
  const d =
    'M-250 -236C-120 -262 120 -262 250 -236C268 -110 268 110 250 236C120 262 -120 262 -250 236C-268 110 -268 -110 -250 -236Z';
  const rings = times(5, (row) =>
    times(5, (column) => {
      const [x, y] = [-184 + column * 92, -184 + row * 92];
      return [34, 20, 7]
        .map(
          (r, index) =>
            `<circle cx="${x}" cy="${y}" r="${r}" fill="none" stroke="#e9edf0" stroke-width="${6 - index}" opacity="${0.75 - index * 0.12}"/>`,
        )
        .join('');
    }),
  );
  return (
    painted(d, ball(colour, 0.8)) +
    clipped(d, rings) +
    path(d, { fill: 'none', stroke: shade(colour, 0.4), 'stroke-width': 5, opacity: 0.6 })
  );
}

const throwBlanket = (colour: string): Svg =>
  stack(440, 84, [colour, tint(colour, 0.16), colour, tint(colour, 0.1)], (each) =>
    group(
      times(9, (index) =>
        hairline(
          line([
            [index * 52, 0],
            [index * 52, 90],
          ]),
          tint(each, 0.7),
          0.7,
          5,
        ),
      ),
      {},
    ),
  ) +
  at(
    120,
    -30,
    painted(
      'M-96 -306C-20 -318 60 -312 92 -304C102 -200 96 -110 100 -24L-92 -24C-100 -120 -92 -220 -96 -306Z',
      face(tint(colour, 0.08)),
    ) +
      times(4, (index) =>
        hairline(
          `M${-70 + index * 46} -306C${-64 + index * 46} -200 ${-74 + index * 46} -120 ${-68 + index * 46} -26`,
          tint(colour, 0.7),
          0.7,
          6,
        ),
      ) +
      at(2, -24, fringe(190, 0, tint(colour, 0.14), 34)),
  );

function floorCushion(colour: string): Svg {
  const d = rectangle(-262, -262, 524, 524, 84);
  const quilting = times(6, (index) =>
    stitches(`M-262 ${-215 + index * 86}H262M${-215 + index * 86} -262V262`, tint(colour, 0.6), 4),
  );
  return (
    painted(d, ball(colour, 0.55)) +
    clipped(d, quilting) +
    path(rectangle(-254, -254, 508, 508, 78), {
      fill: 'none',
      stroke: shade(colour, 0.35),
      'stroke-width': 7,
      opacity: 0.6,
    })
  );
}

function teaTowels(): Svg {
  const towel = (colour: string, stripe: string) =>
    painted(rectangle(-120, -270, 240, 540, 6), face(colour)) +
    [-226, -200, 196, 222]
      .map((y) => path(`M-120 ${n(y)}H120`, { stroke: stripe, 'stroke-width': 12, opacity: 0.85 }))
      .join('') +
    hairline('M-114 0C-30 10 40 -8 114 4', shade(colour, 0.5), 0.25, 8);
  return at(-118, 10, towel('#f1eadb', '#c8542f'), 1, -8) + at(128, -6, towel('#e7e2d3', '#1f5a47'), 1, 5);
}

export const textiles: Readonly<Record<string, Subject>> = {
  'linen-tablecloth': { paper: 'pine', view: 'lying', colours: ['#e5d9c3', '#a9b89c'], draw: tablecloth },
  'bojagi-wrap': { paper: 'shell', view: 'lying', colours: ['#c8542f'], draw: bojagi },
  'waffle-towel': { paper: 'mist', view: 'standing', colours: ['#f2ecdf', '#c58567', '#3a4a66'], draw: waffle },
  'indigo-cushion': { paper: 'oat', view: 'lying', colours: ['#2f4468'], draw: cushion },
  'wool-blanket': { paper: 'clay', view: 'standing', colours: ['#9d8fa3', '#6f7a52', '#4a4a4e'], draw: throwBlanket },
  'quilted-mat': { paper: 'sage', view: 'lying', colours: ['#9a9c9e', '#6d4257'], draw: floorCushion },
  'tea-towel-pair': { paper: 'slate', view: 'lying', colours: ['#f1eadb'], draw: teaTowels },
};
