import { shade, tint } from '../colour.ts';
import { across, ball, face, painted } from '../paint.ts';
import { hairline, rod } from '../parts/line-work.ts';
import { leaf, mound, needles } from '../parts/plant.ts';
import { band, type Profile, seam, vessel } from '../parts/vessel.ts';
import type { Subject } from '../subject.ts';
import { at, dice, ellipse, group, oval, path, rectangle, type Svg, times } from '../svg.ts';

const TRAY: Profile = [
  [232, -104],
  [238, -84],
  [214, -14],
  [200, 0],
];
const POT: Profile = [
  [186, -260],
  [190, -246],
  [162, -100],
  [138, -8],
  [130, 0],
];

const bonsai = (colour: string): Svg => {
  const roll = dice('bonsai');
  const cloud = (x: number, y: number, size: number) =>
    at(x, y, ellipse(0, -8, 104, 34, { fill: shade(colour, 0.4), opacity: 0.55 }) + needles(96, colour, roll), size);
  return [
    vessel({
      profile: TRAY,
      colour: '#4a5a63',
      gloss: 0.4,
      wall: 16,
      inside: '#3a332c',
      content: at(0, -100, mound(190, 26, '#6f7f4a', roll, 70)),
    }),
    path('M-30 -110C-10 -190 -90 -220 -60 -300C-40 -350 30 -360 60 -410', {
      fill: 'none',
      stroke: '#5b4331',
      'stroke-width': 46,
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
    }),
    path('M-38 -118C-20 -190 -98 -222 -68 -300C-48 -350 22 -362 52 -410', {
      fill: 'none',
      stroke: '#8a6a4e',
      'stroke-width': 12,
      'stroke-linecap': 'round',
      opacity: 0.6,
    }),
    rod('M-66 -250C-120 -270 -150 -268 -180 -286', 17, '#5b4331'),
    rod('M-20 -340C60 -330 110 -320 160 -330', 15, '#5b4331'),
    cloud(-186, -280, 1.05),
    cloud(168, -326, 1.1),
    cloud(66, -416, 1.2),
  ].join('');
};

const terracotta = (colour: string): Svg => {
  const rim: Profile = [
    [206, -308],
    [210, -296],
    [208, -254],
    [196, -246],
  ];
  const leaves = [-64, -38, -14, 12, 36, 62]
    .map((turn, index) =>
      at(turn * 0.6, -296, leaf(200 + (index % 3) * 44, 36, index % 2 === 0 ? '#4f7a55' : '#3f6748', turn)),
    )
    .join('');
  return (
    leaves +
    vessel({ profile: POT, colour, closed: true, gloss: 0.05 }) +
    vessel({
      profile: rim,
      colour: tint(colour, 0.06),
      gloss: 0.05,
      inside: '#3b2f27',
      wall: 20,
      content: ellipse(0, -300, 160, 24, { fill: '#2f251f' }),
    }) +
    seam(200, -248, colour) +
    at(0, -300, leaf(170, 34, '#5d8a60', -6))
  );
};

const homi = (colour: string): Svg => {
  const blade = painted(
    'M-30 -210C-150 -220 -220 -150 -250 -30C-150 -90 -70 -120 6 -130Z',
    across([
      [0, shade(colour, 0.2)],
      [0.4, tint(colour, 0.4)],
      [1, shade(colour, 0.3)],
    ]),
  );
  const handle = painted(
    'M-2 40C26 36 44 44 46 70L60 290C58 316 6 318 2 292L-12 70C-12 54 -10 44 -2 40Z',
    face('#a8763f', 1.2),
  );
  return at(
    60,
    -20,
    rod('M-12 -170C40 -150 20 -60 18 50', 22, colour) +
      blade +
      handle +
      path('M-10 64H46M-8 78H47', { stroke: '#6b4a28', 'stroke-width': 6 }) +
      hairline('M14 100L26 290', shade('#a8763f', 0.5), 0.3, 4),
    1,
    12,
  );
};

const can = (colour: string): Svg => {
  const body: Profile = [
    [150, -250],
    [164, -236],
    [172, -120],
    [172, -8],
    [164, 0],
  ];
  return [
    rod('M-150 -70C-250 -130 -270 -250 -340 -330', 34, colour),
    at(
      -344,
      -338,
      painted(oval(0, 0, 52, 22), face(shade(colour, 0.2))) +
        times(7, (index) => `<circle cx="${-30 + index * 10}" cy="${(index % 2) * 6 - 3}" r="3" fill="#3a2318"/>`),
      1,
      -42,
    ),
    rod('M150 -220C290 -270 290 -60 160 -60', 24, colour),
    vessel({
      profile: body,
      colour,
      gloss: 0.9,
      inside: shade(colour, 0.3),
      depth: 1.2,
      surface: path(band(body, -60, -50) + band(body, -214, -204), { fill: tint(colour, 0.5), opacity: 0.5 }),
    }),
    rod('M-104 -262C-80 -372 90 -372 112 -262', 20, colour),
  ].join('');
};

const seeds = (): Svg => {
  const packet = (x: number, y: number, turn: number, colour: string, plant: Svg) =>
    at(
      x,
      y,
      painted(rectangle(-104, -150, 208, 300, 6), face('#f6efdf', 0.8)) +
        path(rectangle(-104, -150, 208, 56, 6), { fill: colour }) +
        path('M-60 -122H60', { stroke: '#f6efdf', 'stroke-width': 9, 'stroke-linecap': 'round' }) +
        at(0, 110, plant),
      1,
      turn,
    );
  const sprig = (colour: string) =>
    rod('M0 0V-130', 7, shade(colour, 0.2)) +
    [-58, 58, -30, 30].map((turn, index) => at(0, -36 - index * 24, leaf(76, 24, colour, turn))).join('');
  const carrot =
    painted('M-40 -110C-20 -124 20 -124 40 -110C34 -50 16 -10 0 14C-16 -10 -34 -50 -40 -110Z', face('#d9763a', 1.2)) +
    at(0, -112, leaf(56, 14, '#4f7a55', -24) + leaf(66, 14, '#4f7a55', 6) + leaf(54, 14, '#4f7a55', 30));
  const tomato =
    painted(oval(0, -60, 62, 56), ball('#c23a26', 1.1)) +
    times(5, (index) => at(0, -110, leaf(36, 9, '#4f7a55', -80 + index * 40)));
  return (
    packet(-178, -96, -10, '#1f5a47', sprig('#5d8a60')) +
    packet(40, -130, 4, '#c8542f', tomato) +
    packet(-60, 150, -4, '#d9894a', carrot) +
    packet(176, 120, 11, '#33507a', sprig('#7f9a6a'))
  );
};

const terrarium = (colour: string): Svg => {
  const roll = dice('moss');
  const glass: Profile = [
    [96, -400],
    [150, -380],
    [222, -280],
    [226, -160],
    [180, -30],
    [160, 0],
  ];
  const inside = [
    path('M-240 -120C-120 -170 60 -100 240 -130V20H-240Z', { fill: '#4a3b2e' }),
    path('M-240 -70C-80 -100 80 -50 240 -80V20H-240Z', { fill: '#8f867b' }),
    at(-60, -140, mound(130, 44, colour, roll, 90)),
    at(96, -134, mound(92, 36, tint(colour, 0.1), roll, 60)),
    at(40, -150, leaf(150, 20, '#3f6748', -12) + leaf(120, 18, '#5d8a60', 22) + leaf(110, 16, '#4f7a55', -38)),
    painted(oval(120, -112, 40, 28), ball('#9a938a')),
  ].join('');
  return (
    group(
      vessel({ profile: glass, colour: '#dfe8e4', gloss: 0, depth: 0.4, inside: '#cfd9d5', wall: 10, surface: inside }),
      {},
    ) +
    path('M-172 -330C-216 -260 -214 -170 -190 -110', {
      fill: 'none',
      stroke: '#ffffff',
      'stroke-width': 16,
      'stroke-linecap': 'round',
      opacity: 0.6,
    }) +
    at(
      0,
      -396,
      vessel({
        profile: [
          [92, -46],
          [100, -34],
          [94, 0],
        ],
        colour: '#c9a06a',
        closed: true,
        gloss: 0.1,
      }),
    )
  );
};

const snips = (colour: string): Svg => {
  const half = (side: 1 | -1) =>
    `<g transform="scale(${side} 1)">${painted(
      'M-12 -300C-34 -180 -30 -80 6 0L24 -18C6 -90 -2 -200 -12 -300Z',
      across([
        [0, shade(colour, 0.3)],
        [0.5, tint(colour, 0.5)],
        [1, shade(colour, 0.2)],
      ]),
    )}${path('M8 -6C120 40 160 120 130 220C104 296 4 290 -2 210C-4 150 30 120 22 60', { fill: 'none', stroke: '#2b2a29', 'stroke-width': 24, 'stroke-linecap': 'round' })}${path('M14 0C112 44 146 124 120 214', { fill: 'none', stroke: '#6a6763', 'stroke-width': 6, 'stroke-linecap': 'round', opacity: 0.8 })}</g>`;
  return (
    at(
      0,
      0,
      `${half(-1) + half(1)}<circle cy="4" r="15" fill="#c9a050"/><circle cx="-3" cy="1" r="5" fill="#f4e3b0"/>`,
      1,
      16,
    ) + at(-210, 150, leaf(120, 20, '#5d8a60', -40) + leaf(130, 20, '#4f7a55', 4) + leaf(110, 18, '#3f6748', 44))
  );
};

export const garden: Readonly<Record<string, Subject>> = {
  'bonsai-pine': { paper: 'shell', view: 'standing', colours: ['#41694c'], draw: bonsai },
  'terracotta-pot': { paper: 'sage', view: 'standing', scale: 0.94, colours: ['#b8673f'], draw: terracotta },
  'garden-hoe': { paper: 'oat', view: 'lying', colours: ['#6a6f73'], draw: homi },
  'watering-can': { paper: 'mist', view: 'standing', aside: 40, scale: 0.96, colours: ['#b8693c'], draw: can },
  'seed-collection': { paper: 'clay', view: 'lying', colours: ['#1f5a47'], draw: seeds },
  'moss-terrarium': { paper: 'butter', view: 'standing', colours: ['#6f8f4a'], draw: terrarium },
  'herb-snips': { paper: 'stone', view: 'lying', colours: ['#a9adb0'], draw: snips },
};
