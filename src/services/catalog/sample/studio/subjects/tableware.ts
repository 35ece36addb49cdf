import { shade, tint } from '../colour.ts';
import { face, painted, turned } from '../paint.ts';
import { rod } from '../parts/line-work.ts';
import { band, type Profile, seam, vessel } from '../parts/vessel.ts';
import type { Subject } from '../subject.ts';
import { at, ellipse, group, n, oval, path, rectangle, type Svg, times } from '../svg.ts';

const MOON: Profile = [
  [142, -318],
  [184, -284],
  [218, -222],
  [222, -160],
  [192, -74],
  [138, -16],
  [124, 0],
];
const BOWL: Profile = [
  [236, -224],
  [228, -160],
  [188, -76],
  [112, -26],
  [98, -18],
  [94, 0],
];
const TUMBLER: Profile = [
  [128, -350],
  [126, -240],
  [120, -110],
  [112, -12],
  [104, 0],
];
const POT: Profile = [
  [236, -214],
  [248, -160],
  [240, -90],
  [200, -24],
  [168, 0],
];

const mug = (colour: string): Svg =>
  rod('M206 -252C318 -276 330 -98 190 -94', 34, colour) + vessel({ profile: MOON, colour, gloss: 0.6 });

function ribbed(colour: string): Svg {
  const ribs = times(13, (index) => {
    const x = -116 + index * 19.3;
    return path(`M${n(x)} -346L${n(x * 0.86)} -6`, {
      fill: 'none',
      stroke: '#ffffff',
      'stroke-width': 5,
      opacity: 0.26,
    });
  });
  const glass = vessel({
    profile: TUMBLER,
    colour,
    gloss: 0.9,
    depth: 0.7,
    surface: ribs,
    inside: tint(colour, 0.3),
    wall: 10,
  });
  return group(glass, { opacity: 0.86 });
}

function plate(colour: string): Svg {
  const brushed = times(9, (index) => {
    const y = -150 + index * 37;
    return path(`M-230 ${y + 30}C-110 ${y - 34} 90 ${y + 42} 236 ${y - 8}`, {
      fill: 'none',
      stroke: tint(colour, 0.72),
      'stroke-width': 15 + (index % 3) * 7,
      'stroke-linecap': 'round',
      opacity: 0.68,
    });
  });
  return [
    painted(oval(0, 0, 300, 300), face(shade(colour, 0.08))),
    painted(oval(0, 0, 292, 292), face(colour)),
    group(brushed, { 'clip-path': 'circle(286px at 0 0)' }),
    path(oval(0, 0, 206, 206), { fill: 'none', stroke: shade(colour, 0.35), 'stroke-width': 5, opacity: 0.4 }),
    path(oval(-4, -4, 282, 282), { fill: 'none', stroke: tint(colour, 0.8), 'stroke-width': 4, opacity: 0.5 }),
  ].join('');
}

function dishes(): Svg {
  const glazes = ['#efe9dd', '#a9bfae', '#b5673f', '#4c5a63', '#d9b26f'];
  const fillings = ['#c9482e', '#dfe3c3', '#f2ead8', '#7f8f4a', '#3c2a22'];
  const places = [
    [-195, -130],
    [0, -172],
    [195, -130],
    [-104, 82],
    [104, 82],
  ] as const;
  return places
    .map(([x, y], index) => {
      const colour = glazes[index] ?? '#efe9dd';
      const dish =
        painted(oval(0, 0, 98, 98), face(colour)) +
        painted(oval(0, 0, 82, 82), face(shade(colour, 0.16))) +
        painted(oval(4, 6, 54, 50), face(fillings[index] ?? '#c9482e')) +
        path(oval(-3, -3, 92, 92), { fill: 'none', stroke: tint(colour, 0.8), 'stroke-width': 3, opacity: 0.6 });
      return at(x, y, dish);
    })
    .join('');
}

function spoonAndChopsticks(colour: string): Svg {
  const hammered = times(26, (index) =>
    ellipse(-118 + ((index * 37) % 56) - 28, -262 + ((index * 53) % 150), 9, 8, {
      fill: tint(colour, 0.5),
      opacity: 0.35,
    }),
  );
  const spoon = [
    rod('M-120 -110C-118 60 -126 180 -122 310', 24, colour),
    painted(oval(-120, -200, 66, 108), face(colour, 1.6)),
    group(hammered, { 'clip-path': 'ellipse(60px 100px at -120px -200px)' }),
    path('M-166 -226C-160 -290 -120 -304 -96 -296', {
      fill: 'none',
      stroke: tint(colour, 0.8),
      'stroke-width': 6,
      'stroke-linecap': 'round',
      opacity: 0.8,
    }),
  ].join('');
  const stick = (x: number, turn: number) => at(x, 0, rod('M0 -300L4 310', 17, colour), 1, turn);
  return spoon + stick(64, 2) + stick(132, -1.5);
}

function board(colour: string): Svg {
  const grain = times(9, (index) =>
    path(`M${-182 + index * 44} -236C${-200 + index * 47} -60 ${-164 + index * 40} 120 ${-188 + index * 46} 262`, {
      fill: 'none',
      stroke: shade(colour, 0.4),
      'stroke-width': 3 + (index % 3),
      opacity: 0.22,
    }),
  );
  return [
    painted(rectangle(-34, -400, 68, 200, 34), face(colour)),
    painted(rectangle(-206, -250, 412, 520, 46), face(colour)),
    grain,
    path(oval(0, -352, 15, 15), { fill: shade(colour, 0.62) }),
    path(rectangle(-202, -246, 404, 512, 42), {
      fill: 'none',
      stroke: tint(colour, 0.6),
      'stroke-width': 4,
      opacity: 0.55,
    }),
  ].join('');
}

function tureen(colour: string): Svg {
  const lid: Profile = [
    [20, -330],
    [120, -306],
    [214, -244],
    [240, -220],
  ];
  const ear = (side: 1 | -1) =>
    rod(`M${side * 240} -178C${side * 316} -186 ${side * 316} -128 ${side * 242} -132`, 30, colour);
  return [
    ear(-1),
    ear(1),
    vessel({
      profile: POT,
      colour,
      closed: true,
      gloss: 0.35,
      surface: path(band(POT, -130, -112), { fill: shade(colour, 0.3), opacity: 0.5 }),
    }),
    vessel({ profile: lid, colour: tint(colour, 0.06), closed: true, gloss: 0.5 }),
    seam(240, -219, colour),
    at(
      0,
      -326,
      vessel({
        profile: [
          [34, -44],
          [40, -28],
          [24, 0],
        ],
        colour,
        closed: true,
      }),
    ),
  ].join('');
}

const rice = (colour: string): Svg =>
  vessel({
    profile: BOWL,
    colour,
    gloss: 0.7,
    content: ellipse(0, -222, 196, 30, { fill: '#f7f2e6' }) + ellipse(-20, -236, 150, 26, { fill: '#fffaf0' }),
    paint: turned(colour),
  });

export const tableware: Readonly<Record<string, Subject>> = {
  'moon-jar-mug': {
    paper: 'pine',
    view: 'standing',
    aside: -36,
    colours: ['#f3efe6', '#a9c2ad', '#3b4450'],
    draw: mug,
  },
  'celadon-bowl': { paper: 'oat', view: 'standing', colours: ['#a3bda8'], draw: rice },
  'buncheong-plate': { paper: 'clay', view: 'lying', colours: ['#6d6259'], draw: plate },
  'side-dish-set': { paper: 'stone', view: 'lying', scale: 1.06, colours: ['#efe9dd'], draw: dishes },
  'brass-spoon': { paper: 'slate', view: 'lying', colours: ['#c9a050'], draw: spoonAndChopsticks },
  'oak-serving-board': { paper: 'sage', view: 'lying', scale: 0.92, colours: ['#c99f6b'], draw: board },
  'glass-tumbler': { paper: 'butter', view: 'standing', colours: ['#dfe8e4', '#c98b3a', '#6b6a6e'], draw: ribbed },
  'soup-tureen': { paper: 'mist', view: 'standing', colours: ['#8a5238'], draw: tureen },
};
