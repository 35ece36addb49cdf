import { shade, tint } from '../colour.ts';
import { face, painted, radial, turned } from '../paint.ts';
import { hairline, rod } from '../parts/line-work.ts';
import { leaf } from '../parts/plant.ts';
import { type Profile, vessel } from '../parts/vessel.ts';
import type { Subject } from '../subject.ts';
import { at, clipped, ellipse, group, n, oval, path, rectangle, type Svg, times } from '../svg.ts';

const lamp = (colour: string): Svg => {
  const shadeProfile: Profile = [
    [120, -430],
    [176, -404],
    [206, -320],
    [206, -210],
    [176, -126],
    [120, -100],
  ];
  const glow = radial([
    [0, '#fff3cf', 0.95],
    [0.55, '#ffe2a6', 0.55],
    [1, '#f0c478', 0],
  ]);
  const ribs = times(9, (index) => {
    const y = -416 + index * 38;
    return hairline(`M-212 ${y}C-110 ${y + 44} 110 ${y + 44} 212 ${y}`, shade(colour, 0.5), 0.3, 3);
  });
  const halo = radial([
    [0, '#fff0c6', 0.55],
    [1, '#fff0c6', 0],
  ]);
  return [
    painted(oval(0, -270, 400, 330), halo),
    rod('M-84 -116L-128 -2M84 -116L128 -2M0 -106V-2', 15, '#6b4a35'),
    vessel({
      profile: shadeProfile,
      colour,
      closed: true,
      gloss: 0,
      depth: 0.5,
      surface: painted(oval(0, -260, 190, 170), glow) + ribs,
    }),
  ].join('');
};

const CANDLE: Profile = [
  [104, -330],
  [106, -300],
  [106, -120],
  [106, -6],
  [102, 0],
];
const candle = (colour: string): Svg =>
  [
    painted(
      oval(0, -420, 210, 190),
      radial([
        [0, '#ffe9b0', 0.6],
        [1, '#ffe9b0', 0],
      ]),
    ),
    vessel({
      profile: [
        [190, -22],
        [196, -10],
        [180, 0],
      ],
      colour: '#d9d2c6',
      closed: true,
      gloss: 0.3,
    }),
    at(
      0,
      -16,
      vessel({
        profile: CANDLE,
        colour,
        gloss: 0.3,
        wall: 4,
        inside: tint(colour, 0.3),
        content: ellipse(0, -326, 88, 15, { fill: tint(colour, 0.5) }),
      }),
    ),
    rod('M0 -344C-2 -360 2 -372 0 -384', 5, '#2b2a29'),
    path('M0 -460C34 -420 30 -384 0 -376C-30 -384 -34 -420 0 -460Z', { fill: '#ffd56b' }),
    path('M0 -430C16 -408 14 -388 0 -382C-14 -388 -16 -408 0 -430Z', { fill: '#fff6dc' }),
  ].join('');

const diffuser = (colour: string): Svg => {
  const stone: Profile = [
    [56, -196],
    [126, -180],
    [186, -120],
    [180, -50],
    [132, -6],
    [116, 0],
  ];
  const twig = (turn: number, length: number) =>
    at(
      0,
      -190,
      rod(`M0 0V${-length}`, 7, '#6b4a35') +
        times(5, (index) =>
          at(
            0,
            -length * (0.45 + index * 0.13),
            group(
              times(2, (side) => leaf(52, 7, '#3f6b52', side === 0 ? -52 : 52)),
              {},
            ),
          ),
        ),
      1,
      turn,
    );
  return twig(-16, 250) + twig(4, 290) + twig(22, 230) + vessel({ profile: stone, colour, gloss: 0.15, wall: 12 });
};

const clock = (colour: string): Svg => {
  const marks = times(12, (index) =>
    at(
      0,
      0,
      path(`M0 -212V${index % 3 === 0 ? -176 : -194}`, {
        stroke: '#2b2a29',
        'stroke-width': index % 3 === 0 ? 12 : 7,
        'stroke-linecap': 'round',
      }),
      1,
      index * 30,
    ),
  );
  const grain = times(9, (index) =>
    hairline(
      `M-300 ${-240 + index * 60}C-90 ${-262 + index * 61} 90 ${-220 + index * 58} 300 ${-244 + index * 61}`,
      shade(colour, 0.45),
      0.25,
      4,
    ),
  );
  return [
    painted(oval(0, 0, 282, 282), face(shade(colour, 0.14))),
    painted(oval(-2, -2, 272, 272), face(colour)),
    clipped(oval(-2, -2, 272, 272), grain),
    painted(oval(0, 0, 236, 236), face('#f7f2e7', 0.6)),
    marks,
    at(0, 0, path('M0 26V-120', { stroke: '#2b2a29', 'stroke-width': 15, 'stroke-linecap': 'round' }), 1, 304),
    at(0, 0, path('M0 34V-178', { stroke: '#2b2a29', 'stroke-width': 10, 'stroke-linecap': 'round' }), 1, 52),
    at(0, 0, path('M0 50V-190', { stroke: '#c8542f', 'stroke-width': 5, 'stroke-linecap': 'round' }), 1, 190),
    '<circle r="14" fill="#c8542f"/>',
  ].join('');
};

const BASKET: Profile = [
  [216, -300],
  [228, -240],
  [226, -120],
  [204, -20],
  [192, 0],
];
const basket = (colour: string): Svg => {
  const weave = times(11, (row) =>
    times(13, (column) => {
      const [x, y] = [-234 + column * 39 + (row % 2) * 19, -296 + row * 30];
      return path(`M${n(x)} ${n(y + 24)}q17 22 34 0`, {
        fill: 'none',
        stroke: (row + column) % 2 === 0 ? tint(colour, 0.3) : shade(colour, 0.3),
        'stroke-width': 11,
        'stroke-linecap': 'round',
        opacity: 0.75,
      });
    }),
  );
  const ear = (x: number) =>
    rod(`M${x - 54} -292C${x - 54} -392 ${x + 54} -392 ${x + 54} -292`, 18, shade(colour, 0.15));
  return (
    ear(0) +
    vessel({
      profile: BASKET,
      colour,
      gloss: 0,
      surface: weave,
      inside: shade(colour, 0.3),
      wall: 14,
      content: painted('M-190 -296C-120 -350 60 -352 190 -300L190 -240H-190Z', face('#efe8da')),
    })
  );
};

const slippers = (colour: string): Svg => {
  const one = () =>
    painted(
      'M-96 -210C-40 -262 60 -256 96 -190C118 -110 96 -20 92 80C92 190 60 262 0 262C-62 262 -92 190 -92 84C-96 -30 -128 -120 -96 -210Z',
      face(shade(colour, 0.2)),
    ) +
    painted('M-74 -40C-40 -60 40 -60 74 -40C84 60 78 236 0 240C-78 236 -84 60 -74 -40Z', face('#d9c8ab')) +
    painted(
      'M-96 -210C-40 -262 60 -256 96 -190C112 -130 104 -60 96 0C50 -44 -50 -44 -100 -6C-108 -70 -124 -140 -96 -210Z',
      face(colour, 1.2),
    ) +
    hairline('M-92 -16C-46 -50 46 -52 92 -10', tint(colour, 0.6), 0.7, 5);
  return at(-126, 0, one(), 1, -5) + at(126, 0, `<g transform="scale(-1 1)">${one()}</g>`, 1, 5);
};

const incense = (): Svg => {
  const box = (x: number, colour: string) =>
    at(
      x,
      0,
      painted(rectangle(-52, -330, 104, 330, 6), turned(colour, 0.5)) +
        path(rectangle(-34, -280, 68, 150, 4), { fill: '#f4ecd9' }) +
        leaf(60, 14, shade(colour, 0.1))
          .replace('<g ', '<g opacity=".95" ')
          .replace('translate(0 0)', 'translate(0 -165)') +
        hairline('M-52 -70H52', tint(colour, 0.6), 0.6, 4),
    );
  const sticks = [-26, -8, 10, 28].map((x) => at(228 + x, -16, rod(`M0 0L${n(x * 0.4)} -300`, 5, '#7a5a40'))).join('');
  return (
    box(-200, '#31503c') +
    box(-78, '#6b4a35') +
    box(44, '#4a5a63') +
    sticks +
    at(
      228,
      0,
      vessel({
        profile: [
          [66, -60],
          [72, -40],
          [58, 0],
        ],
        colour: '#8a8178',
        gloss: 0.2,
      }),
    )
  );
};

export const home: Readonly<Record<string, Subject>> = {
  'paper-lamp': { paper: 'dusk', view: 'standing', colours: ['#f5e8cb'], draw: lamp },
  'beeswax-candle': { paper: 'plum', view: 'standing', colours: ['#e0b04e'], draw: candle },
  'ceramic-diffuser': { paper: 'shell', view: 'standing', colours: ['#8f8a83'], draw: diffuser },
  'wall-clock': { paper: 'sage', view: 'hanging', colours: ['#d8b98c'], draw: clock },
  'storage-basket': { paper: 'blush', view: 'standing', colours: ['#c9a56a'], draw: basket },
  'room-slippers': { paper: 'mist', view: 'lying', colours: ['#6f7a84'], draw: slippers },
  'incense-set': { paper: 'stone', view: 'standing', colours: ['#31503c'], draw: incense },
};
