import { shade, tint } from '../colour.ts';
import { across, ball, face, painted } from '../paint.ts';
import { grid } from '../parts/cloth.ts';
import { label } from '../parts/label.ts';
import { hairline, rod, stitches } from '../parts/line-work.ts';
import { type Profile, vessel } from '../parts/vessel.ts';
import type { Subject } from '../subject.ts';
import { at, clipped, line, n, oval, path, rectangle, type Svg, times } from '../svg.ts';

const sheet = (w: number, h: number, colour: string, inside: Svg = '', r = 4): Svg => {
  const d = rectangle(-w / 2, -h / 2, w, h, r);
  return painted(d, face(colour, 0.7)) + clipped(d, inside);
};

const notebook = (colour: string): Svg => {
  const fibres = times(30, (index) =>
    hairline(`M${-180 + ((index * 83) % 380)} ${-250 + ((index * 137) % 500)}q18 -12 34 6`, tint(colour, 0.6), 0.5, 3),
  );
  const holes = times(5, (index) => `<circle cx="-158" cy="${-190 + index * 95}" r="7" fill="${shade(colour, 0.6)}"/>`);
  const binding = path(
    'M-158 -190L-196 -190M-158 -95L-196 -95M-158 0L-196 0M-158 95L-196 95M-158 190L-196 190M-158 -262V262',
    { stroke: '#c8542f', 'stroke-width': 7, 'stroke-linecap': 'round' },
  );
  return (
    at(14, 12, sheet(392, 524, '#efe8d8')) +
    sheet(392, 524, colour, fibres) +
    holes +
    binding +
    at(
      50,
      -120,
      sheet(
        150,
        84,
        '#f7f1e3',
        path('M-46 -8H46M-30 14H30', { stroke: '#3a3836', 'stroke-width': 6, 'stroke-linecap': 'round' }),
      ),
    )
  );
};

const pen = (colour: string): Svg => {
  const barrel = across([
    [0, shade(colour, 0.4)],
    [0.28, tint(colour, 0.6)],
    [0.5, colour],
    [1, shade(colour, 0.45)],
  ]);
  const drawn = [
    painted('M-34 -330C-34 -352 34 -352 34 -330L36 -90H-36Z', barrel),
    painted('M-36 -90H36L32 120H-32Z', barrel),
    painted(
      'M-30 120H30L22 196H-22Z',
      across([
        [0, '#1f1e1c'],
        [0.3, '#5a5753'],
        [1, '#171615'],
      ]),
    ),
    painted(
      'M-20 196H20L3 296H-3Z',
      across([
        [0, '#a9842f'],
        [0.35, '#f1dfa6'],
        [1, '#8a6a24'],
      ]),
    ),
    path('M0 214V286', { stroke: '#5a4413', 'stroke-width': 3 }),
    path('M-36 -96H36M-36 -82H36M-32 116H32', { stroke: shade(colour, 0.6), 'stroke-width': 4, opacity: 0.7 }),
    rod('M26 -318V-150', 13, colour),
  ].join('');
  return (
    at(0, 0, drawn, 1, 34) +
    path('M-250 250C-170 214 -150 286 -80 244S30 268 84 238', {
      fill: 'none',
      stroke: '#2f4a78',
      'stroke-width': 7,
      'stroke-linecap': 'round',
      opacity: 0.75,
    })
  );
};

const INK: Profile = [
  [74, -236],
  [90, -222],
  [162, -192],
  [168, -140],
  [164, -14],
  [154, 0],
];
const ink = (colour: string): Svg =>
  vessel({ profile: INK, colour, closed: true, gloss: 0.9, surface: label(INK, -150, -34, '#f4efe3', '#2f4a78') }) +
  vessel({
    profile: [
      [78, -322],
      [84, -314],
      [84, -250],
      [78, -232],
    ],
    colour: '#2b2a29',
    closed: true,
    gloss: 0.4,
  }) +
  path('M214 -2C250 -26 312 -22 320 4C312 24 240 24 214 -2Z', { fill: colour, opacity: 0.9 });

const calendar = (): Svg => {
  const days = times(5, (row) =>
    times(
      7,
      (column) =>
        `<circle cx="${-150 + column * 50}" cy="${20 + row * 48}" r="${row === 2 && column === 4 ? 19 : 7}" fill="${column === 0 || (row === 2 && column === 4) ? '#c8542f' : '#3a3836'}"/>`,
    ),
  );
  const hills =
    path('M-190 -70C-120 -150 -60 -130 -10 -90C50 -170 110 -160 190 -80V-40H-190Z', { fill: '#1f5a47' }) +
    path('M-190 -40C-90 -96 40 -84 190 -40V-20H-190Z', { fill: '#8fae9b' }) +
    '<circle cx="96" cy="-196" r="34" fill="#c8542f"/>';
  return (
    rod('M0 -330V-276', 5, '#3a3836') +
    path('M-120 -276L0 -332L120 -276', { fill: 'none', stroke: '#3a3836', 'stroke-width': 4 }) +
    sheet(420, 560, '#f6f0e2', at(0, -10, hills) + days) +
    painted(rectangle(-218, -290, 436, 24, 8), face('#b98a5a'))
  );
};

const letters = (colour: string): Svg => {
  const envelope = sheet(
    420,
    280,
    colour,
    hairline('M-210 -140L0 30L210 -140', shade(colour, 0.5), 0.45, 5) +
      hairline('M-210 140L-50 -6M210 140L50 -6', shade(colour, 0.5), 0.2, 4),
  );
  const paper = sheet(
    330,
    430,
    tint(colour, 0.5),
    times(9, (index) => hairline(`M-124 ${-140 + index * 36}H124`, shade(colour, 0.4), 0.45, 3)),
  );
  return (
    at(-60, -90, paper, 1, -7) + at(50, 120, envelope, 1, 4) + at(58, 142, painted(oval(0, 0, 34, 34), ball('#b2472a')))
  );
};

const pencilCase = (colour: string): Svg => {
  const d = rectangle(-300, -96, 600, 192, 92);
  const pencil = (y: number, c: string) =>
    painted(`M-10 ${y}H330V${y + 24}H-10Z`, face(c)) +
    painted(`M330 ${y}L378 ${y + 12}L330 ${y + 24}Z`, face('#e8cfa4')) +
    path(`M362 ${y + 8}L378 ${y + 12}L362 ${y + 16}Z`, { fill: '#2b2a29' });
  return (
    at(-20, -150, pencil(0, '#1f5a47') + pencil(30, '#c8542f'), 1, -7) +
    painted(d, face(colour, 1.2)) +
    clipped(d, stitches('M-270 -66C-100 -76 100 -76 270 -66M-270 70C-100 80 100 80 270 70', tint(colour, 0.6))) +
    path('M-262 -8H262', { stroke: '#b08d3c', 'stroke-width': 12, 'stroke-dasharray': '5 4' }) +
    painted(rectangle(214, -18, 74, 26, 12), face('#d8b75c'))
  );
};

const tapes = (): Svg => {
  const roll = (x: number, y: number, colour: string, marks: Svg) =>
    at(
      x,
      y,
      painted(`${oval(0, 0, 128, 128)}${oval(0, 0, 78, 78)}`, face(colour), { 'fill-rule': 'evenodd' }) +
        marks +
        [92, 104, 116]
          .map((r) => `<circle r="${r}" fill="none" stroke="${shade(colour, 0.4)}" stroke-width="2" opacity=".3"/>`)
          .join('') +
        `<circle r="74" fill="none" stroke="#e9dcc3" stroke-width="10"/>`,
    );
  const dots = (colour: string, count: number) =>
    times(
      count,
      (index) =>
        `<circle cx="${n(Math.cos((index / count) * 6.283) * 104)}" cy="${n(Math.sin((index / count) * 6.283) * 104)}" r="9" fill="${colour}"/>`,
    );
  return (
    roll(-150, -140, '#e7b7bd', dots('#b6516b', 10)) +
    roll(150, -140, '#8fae9b', dots('#1f5a47', 8)) +
    roll(-150, 150, '#d9894a', dots('#8a3b1d', 9)) +
    roll(150, 150, '#c5d3dc', dots('#ffffff', 12))
  );
};

const planner = (colour: string): Svg => {
  const page = (x: number) =>
    at(
      x,
      0,
      sheet(
        300,
        430,
        '#f8f3e7',
        grid(300, 430, 43, '#3a3836', 0.18, 2) +
          path('M-124 -176H30', { stroke: '#3a3836', 'stroke-width': 9, 'stroke-linecap': 'round' }),
      ),
    );
  return (
    painted(rectangle(-326, -236, 652, 472, 18), face(colour)) +
    page(-152) +
    page(152) +
    hairline(
      line([
        [0, -216],
        [0, 216],
      ]),
      '#2a2029',
      0.35,
      9,
    ) +
    painted('M60 -236H92V300L76 276L60 300Z', face('#c8542f'))
  );
};

export const stationery: Readonly<Record<string, Subject>> = {
  'hanji-notebook': { paper: 'sage', view: 'lying', colours: ['#33507a'], draw: notebook },
  'fountain-pen': { paper: 'shell', view: 'lying', colours: ['#c29a45'], draw: pen },
  'ink-bottle': { paper: 'mist', view: 'standing', scale: 1.12, colours: ['#24406f'], draw: ink },
  'wall-calendar': { paper: 'clay', view: 'hanging', scale: 0.96, colours: ['#f6f0e2'], draw: calendar },
  'letter-set': { paper: 'slate', view: 'lying', colours: ['#efe3c8', '#c3d0d3', '#e6c1bb'], draw: letters },
  'pencil-case': {
    paper: 'oat',
    view: 'lying',
    scale: 0.96,
    aside: -20,
    colours: ['#b3763f', '#2f2d2b'],
    draw: pencilCase,
  },
  'washi-tape': { paper: 'stone', view: 'lying', colours: ['#e7b7bd'], draw: tapes },
  'desk-planner': { paper: 'pine', view: 'lying', scale: 0.98, colours: ['#6d4257'], draw: planner },
};
