import { shade, tint } from '../colour.ts';
import { face, painted } from '../paint.ts';
import { label } from '../parts/label.ts';
import { hairline, rod } from '../parts/line-work.ts';
import { pouch } from '../parts/pouch.ts';
import { type Profile, seam, vessel } from '../parts/vessel.ts';
import type { Subject } from '../subject.ts';
import { at, curve, dice, ellipse, n, oval, path, rectangle, type Svg, times } from '../svg.ts';

const CANISTER: Profile = [
  [128, -300],
  [132, -292],
  [132, -150],
  [132, -8],
  [126, 0],
];
const LID: Profile = [
  [132, -400],
  [138, -390],
  [138, -330],
  [136, -294],
];
const JAR: Profile = [
  [112, -292],
  [150, -262],
  [160, -200],
  [158, -60],
  [146, 0],
];
const TEAPOT: Profile = [
  [86, -236],
  [158, -216],
  [214, -150],
  [204, -70],
  [150, -10],
  [132, 0],
];
const CONE: Profile = [
  [218, -250],
  [206, -226],
  [138, -120],
  [74, -34],
  [64, -20],
];

const canister = (colour: string): Svg => {
  const leaves = [-42, 0, 42]
    .map((x, index) => at(x, 24 + (index % 2) * 10, ellipse(0, 0, 26, 9, { fill: '#5f7a45' }), 1, index * 50 - 40))
    .join('');
  return [
    vessel({
      profile: CANISTER,
      colour,
      closed: true,
      gloss: 0.3,
      surface: label(CANISTER, -232, -70, '#f4ecd9', '#31503c'),
    }),
    vessel({ profile: LID, colour: shade(colour, 0.12), closed: true, gloss: 0.5 }),
    seam(137, -294, colour),
    at(-196, -14, leaves),
  ].join('');
};

const jar = (colour: string): Svg => {
  const peel = times(9, (index) =>
    path(`M${n(-120 + (index % 4) * 62)} ${n(-250 + index * 26)}q34 -26 62 4`, {
      fill: 'none',
      stroke: tint('#f0b429', 0.35),
      'stroke-width': 12,
      'stroke-linecap': 'round',
      opacity: 0.8,
    }),
  );
  return [
    vessel({
      profile: JAR,
      colour,
      closed: true,
      gloss: 0.8,
      surface: peel + label(JAR, -176, -58, '#fbf4e2', '#8a4b12'),
    }),
    vessel({
      profile: [
        [112, -352],
        [122, -344],
        [122, -300],
        [114, -288],
      ],
      colour: '#3d4a3f',
      closed: true,
      gloss: 0.3,
    }),
  ].join('');
};

const teapot = (colour: string): Svg =>
  [
    rod('M-178 -132C-250 -146 -262 -214 -296 -232', 38, colour),
    rod('M170 -176L352 -244', 40, colour),
    vessel({ profile: TEAPOT, colour, closed: true, gloss: 0.7 }),
    vessel({
      profile: [
        [18, -284],
        [60, -272],
        [98, -240],
        [100, -230],
      ],
      colour: tint(colour, 0.05),
      closed: true,
      gloss: 0.6,
    }),
    seam(100, -230, colour),
    at(
      0,
      -280,
      vessel({
        profile: [
          [18, -30],
          [24, -20],
          [14, 0],
        ],
        colour,
        closed: true,
      }),
    ),
  ].join('');

const dripper = (colour: string): Svg =>
  [
    rod('M188 -206C300 -226 290 -98 138 -108', 24, colour),
    at(
      0,
      0,
      vessel({
        profile: [
          [160, -22],
          [164, -10],
          [158, 0],
        ],
        colour,
        closed: true,
        gloss: 0.4,
      }),
    ),
    vessel({
      profile: CONE,
      colour,
      gloss: 0.7,
      content: ellipse(0, -238, 160, 26, { fill: '#4a2f21' }) + ellipse(-14, -244, 96, 14, { fill: '#6b4630' }),
      surface: times(7, (index) =>
        hairline(`M${n(-170 + index * 57)} -246L${n((-170 + index * 57) * 0.36)} -30`, shade(colour, 0.5), 0.2, 4),
      ),
    }),
  ].join('');

const whisk = (colour: string): Svg => {
  const tines = times(27, (index) => {
    const x = (index - 13) / 13;
    return path(`M${n(x * 44)} -190C${n(x * 150)} -130 ${n(x * 158)} -46 ${n(x * 66)} -6`, {
      fill: 'none',
      stroke: index % 2 === 0 ? tint(colour, 0.3) : shade(colour, 0.25),
      'stroke-width': 6,
      'stroke-linecap': 'round',
    });
  });
  return [
    tines,
    vessel({
      profile: [
        [44, -420],
        [46, -380],
        [46, -240],
        [50, -182],
      ],
      colour,
      closed: true,
      gloss: 0.25,
    }),
    times(3, (index) => seam(50, -196 - index * 10, '#3a3836')),
  ].join('');
};

const tray = (colour: string): Svg => {
  const grain = times(8, (index) =>
    hairline(
      `M-270 ${-150 + index * 43}C-90 ${-168 + index * 45} 110 ${-126 + index * 40} 270 ${-152 + index * 43}`,
      shade(colour, 0.5),
      0.3,
      3,
    ),
  );
  const cup = (x: number, y: number, glaze: string) =>
    at(
      x,
      y,
      painted(oval(0, 0, 74, 74), face(glaze)) +
        painted(oval(0, 0, 58, 58), face(shade(glaze, 0.2))) +
        painted(oval(2, 4, 50, 50), face('#a8863f')),
    );
  return [
    painted(rectangle(-316, -214, 632, 428, 40), face(shade(colour, 0.12))),
    painted(rectangle(-288, -186, 576, 372, 26), face(colour)),
    grain,
    path(rectangle(-312, -210, 624, 420, 38), {
      fill: 'none',
      stroke: tint(colour, 0.5),
      'stroke-width': 4,
      opacity: 0.6,
    }),
    cup(-120, -40, '#efe9dd'),
    cup(104, 52, '#a9c2ad'),
  ].join('');
};

const barley = (colour: string): Svg => {
  const roll = dice('barley');
  const grains = times(26, () =>
    at(
      -150 + roll() * 330,
      6 + roll() * 46,
      ellipse(0, 0, 13, 6, { fill: shade('#b98a4e', roll() * 0.4) }),
      1,
      roll() * 180,
    ),
  );
  return pouch(colour, '#8a5a2b') + grains;
};

const beans = (colour: string): Svg => {
  const roll = dice('beans');
  const bean = () =>
    at(
      -190 + roll() * 390,
      4 + roll() * 52,
      painted(oval(0, 0, 20, 14), face('#4a2f21')) +
        path(
          curve([
            [-14, 2],
            [0, -3],
            [14, 2],
          ]),
          { fill: 'none', stroke: '#2a1a13', 'stroke-width': 4 },
        ),
      1,
      roll() * 180,
    );
  return pouch(colour, '#d9764a') + times(12, bean);
};

export const tea: Readonly<Record<string, Subject>> = {
  'green-tea-ujeon': { paper: 'sage', view: 'standing', colours: ['#3f5f4a'], draw: canister },
  'citron-tea': { paper: 'butter', view: 'standing', scale: 1.08, colours: ['#e0a02c'], draw: jar },
  'barley-tea': { paper: 'clay', view: 'standing', colours: ['#ead9bb'], draw: barley },
  'teapot-kettle': {
    paper: 'mist',
    view: 'standing',
    aside: -20,
    scale: 0.98,
    colours: ['#f1ede4', '#a3bda8'],
    draw: teapot,
  },
  'pour-over-dripper': {
    paper: 'stone',
    view: 'standing',
    scale: 1.05,
    aside: -24,
    colours: ['#f4f0e8'],
    draw: dripper,
  },
  'coffee-beans-seoul': { paper: 'oat', view: 'standing', colours: ['#33302e'], draw: beans },
  'bamboo-whisk': { paper: 'pine', view: 'standing', colours: ['#d8bb84'], draw: whisk },
  'tea-tray': { paper: 'shell', view: 'lying', colours: ['#6b4a35'], draw: tray },
};
