import { shade, tint } from '../colour.ts';
import { ball, face, painted } from '../paint.ts';
import { grid } from '../parts/cloth.ts';
import { label } from '../parts/label.ts';
import { hairline } from '../parts/line-work.ts';
import { leaf } from '../parts/plant.ts';
import { pouch } from '../parts/pouch.ts';
import { type Profile, vessel } from '../parts/vessel.ts';
import type { Subject } from '../subject.ts';
import { at, dice, ellipse, group, oval, path, rectangle, type Svg, times } from '../svg.ts';

const BOTTLE: Profile = [
  [42, -430],
  [44, -400],
  [48, -330],
  [106, -270],
  [116, -210],
  [114, -20],
  [104, 0],
];
const SLIM: Profile = [
  [36, -440],
  [38, -400],
  [42, -320],
  [84, -250],
  [92, -190],
  [90, -18],
  [84, 0],
];
const JAR: Profile = [
  [132, -250],
  [164, -226],
  [172, -170],
  [170, -40],
  [156, 0],
];
const ONGGI: Profile = [
  [112, -300],
  [150, -278],
  [212, -196],
  [204, -96],
  [148, -10],
  [134, 0],
];

const cork = (radius: number, y: number, colour = '#c9a06a'): Svg =>
  vessel({
    profile: [
      [radius, y - 56],
      [radius + 4, y - 40],
      [radius + 2, y],
    ],
    colour,
    closed: true,
    gloss: 0.1,
  });

const soy = (colour: string): Svg =>
  vessel({
    profile: BOTTLE,
    colour,
    closed: true,
    gloss: 0.9,
    surface: label(BOTTLE, -212, -62, '#f4e8cf', '#7c2f1c'),
  }) + cork(42, -424, '#8a2f1f');

const sesame = (colour: string): Svg =>
  vessel({ profile: SLIM, colour, closed: true, gloss: 0.9, surface: label(SLIM, -186, -58, '#f7f0dd', '#9a6a1c') }) +
  cork(36, -434) +
  times(16, (index) =>
    at(
      130 + ((index * 29) % 120),
      -6 + ((index * 17) % 44),
      ellipse(0, 0, 9, 5, { fill: index % 3 === 0 ? '#b98a4e' : '#e7cf9c' }),
      1,
      index * 47,
    ),
  );

const onggi = (colour: string): Svg =>
  [
    vessel({
      profile: ONGGI,
      colour,
      gloss: 0.55,
      inside: '#a5281b',
      content: painted(oval(0, -298, 104, 18), face('#b93021')),
    }),
    path('M-120 -150C-60 -190 10 -110 70 -150S150 -150 176 -168', {
      fill: 'none',
      stroke: tint(colour, 0.4),
      'stroke-width': 9,
      opacity: 0.5,
      'stroke-linecap': 'round',
    }),
    at(-258, -6, chilli()),
    at(262, 10, chilli(), 0.86, 24),
  ].join('');

function chilli(): Svg {
  return (
    painted('M-8 -96C34 -84 40 -20 4 60C-6 10 -34 -46 -8 -96Z', face('#c22f20', 1.4)) +
    path('M-8 -96C-10 -116 2 -126 14 -132', {
      fill: 'none',
      stroke: '#4e6b3a',
      'stroke-width': 9,
      'stroke-linecap': 'round',
    })
  );
}

const honey = (colour: string): Svg =>
  [
    vessel({
      profile: JAR,
      colour,
      closed: true,
      gloss: 1,
      surface:
        path('M-172 -60C-60 -90 60 -30 172 -70V10H-172Z', { fill: shade(colour, 0.25), opacity: 0.6 }) +
        label(JAR, -186, -70, '#fbf4e2', '#b0701a'),
    }),
    vessel({
      profile: [
        [134, -320],
        [142, -310],
        [142, -262],
        [134, -246],
      ],
      colour: '#efe6d4',
      closed: true,
      gloss: 0.2,
    }),
    path('M-140 -276C-60 -258 60 -258 140 -276', { fill: 'none', stroke: '#b0701a', 'stroke-width': 7 }),
  ].join('');

const seaweed = (colour: string): Svg => {
  const crisps = times(6, (index) =>
    at(
      110 + index * 24,
      -10 + (index % 2) * 12,
      painted(rectangle(-52, -34, 104, 68, 4), face('#24382d')) +
        hairline('M-40 -12L38 8M-30 18L44 -20', '#5f8a68', 0.5, 4),
      0.9,
      -30 + index * 17,
    ),
  );
  return pouch(colour, '#c8542f') + crisps;
};

const riceBag = (colour: string): Svg => {
  const d =
    'M-170 -380C-120 -400 120 -400 170 -380C190 -260 212 -120 196 -16C80 10 -80 10 -196 -16C-212 -120 -190 -260 -170 -380Z';
  const roll = dice('rice');
  const grains = times(34, () =>
    at(-230 + roll() * 470, 8 + roll() * 44, ellipse(0, 0, 9, 4.5, { fill: '#fffaf0' }), 1, roll() * 180),
  );
  return [
    painted(d, face(colour, 1.3)),
    group(at(0, -190, grid(420, 420, 13, shade(colour, 0.5), 0.12, 3)), { 'clip-path': `path('${d}')` }),
    painted(
      'M-178 -380C-190 -430 -120 -452 -40 -440C20 -456 140 -450 176 -384C120 -360 -120 -360 -178 -380Z',
      face(shade(colour, 0.08)),
    ),
    path('M-172 -372C-110 -352 110 -352 170 -374', { fill: 'none', stroke: '#7c2f1c', 'stroke-width': 11 }),
    '<circle cx="0" cy="-208" r="74" fill="none" stroke="#7c2f1c" stroke-width="8"/>',
    times(5, (index) => at(0, -160, leaf(90, 9, '#8a6a24', -36 + index * 18))),
    path('M-66 -92H66M-40 -66H40', { stroke: '#7c2f1c', 'stroke-width': 8, 'stroke-linecap': 'round' }),
    grains,
  ].join('');
};

const persimmon = (x: number, y: number, size: number): Svg =>
  at(
    x,
    y,
    painted(
      'M-92 -10C-96 -70 -40 -86 0 -82C40 -86 96 -70 92 -10C88 50 40 76 0 76C-40 76 -88 50 -92 -10Z',
      ball('#b4501f', 1.1),
    ) +
      hairline('M-50 -50C-60 0 -40 40 -20 66M50 -50C60 0 40 40 20 66', '#f4d9bd', 0.5, 6) +
      times(4, (index) => at(0, -70, leaf(44, 17, '#6b5a36', 45 + index * 90))) +
      path('M0 -72V-98', { stroke: '#4f4028', 'stroke-width': 10, 'stroke-linecap': 'round' }),
    size,
  );

const persimmons = (): Svg =>
  vessel({
    profile: [
      [318, -44],
      [300, -22],
      [190, 0],
    ],
    colour: '#5b5048',
    gloss: 0.2,
    inside: '#463d37',
  }) +
  persimmon(-150, -96, 1) +
  persimmon(150, -92, 0.98) +
  persimmon(0, -120, 1.06) +
  persimmon(-76, -216, 0.92) +
  persimmon(82, -214, 0.92);

const ginseng = (colour: string): Svg => {
  const root = path(
    'M-20 -120C-60 -90 -50 -40 -24 -10C-60 30 -66 60 -90 84M-24 -10C-10 40 -20 70 -8 110M-14 -20C30 10 40 50 72 78',
    { fill: 'none', stroke: '#d9b98a', 'stroke-width': 22, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' },
  );
  return (
    vessel({ profile: JAR, colour, closed: true, gloss: 1, surface: label(JAR, -178, -58, '#efe1c6', '#7c1f16') }) +
    vessel({
      profile: [
        [134, -330],
        [142, -320],
        [142, -262],
        [134, -246],
      ],
      colour: '#b0893c',
      closed: true,
      gloss: 0.6,
    }) +
    at(252, -96, root, 0.8, 10)
  );
};

export const pantry: Readonly<Record<string, Subject>> = {
  'soy-sauce': { paper: 'clay', view: 'standing', colours: ['#2b1c17'], draw: soy },
  gochujang: { paper: 'butter', view: 'standing', colours: ['#6b4030'], draw: onggi },
  'sesame-oil': { paper: 'sage', view: 'standing', aside: -20, colours: ['#b8791f'], draw: sesame },
  'seaweed-crisps': { paper: 'mist', view: 'standing', aside: -30, colours: ['#2f4a3b'], draw: seaweed },
  'wildflower-honey': { paper: 'slate', view: 'standing', scale: 1.1, colours: ['#d08a1e'], draw: honey },
  'short-grain-rice': { paper: 'pine', view: 'standing', colours: ['#e5d7b8'], draw: riceBag },
  'dried-persimmon': { paper: 'stone', view: 'standing', colours: ['#b4501f'], draw: persimmons },
  'ginseng-syrup': { paper: 'blush', view: 'standing', scale: 1.06, aside: -30, colours: ['#4a1a14'], draw: ginseng },
};
