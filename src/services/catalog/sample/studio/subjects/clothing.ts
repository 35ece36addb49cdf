import { shade, tint } from '../colour.ts';
import { face, painted } from '../paint.ts';
import { grid } from '../parts/cloth.ts';
import { hairline, stitches } from '../parts/line-work.ts';
import type { Subject } from '../subject.ts';
import { at, clipped, group, n, oval, path, rectangle, type Svg, times } from '../svg.ts';

const BODY =
  'M-96 -270C-60 -250 60 -250 96 -270L190 -226L286 -20L206 22L160 -78C164 60 166 170 170 268C60 284 -60 284 -170 268C-166 170 -164 60 -160 -78L-206 22L-286 -20L-190 -226Z';

function garment(colour: string, details: Svg, body = BODY): Svg {
  const folds = [
    hairline('M-120 -40C-108 60 -124 160 -112 250', shade(colour, 0.55), 0.2, 10),
    hairline('M118 -20C104 90 126 170 112 252', shade(colour, 0.55), 0.2, 10),
    hairline('M-160 -78C-150 -130 -150 -160 -156 -196M160 -78C150 -130 150 -160 156 -196', shade(colour, 0.55), 0.3, 6),
  ];
  return painted(body, face(colour, 1.1)) + clipped(body, folds.join('') + details);
}

const buttons = (colour: string, count: number, top: number, step: number, x = 0): Svg =>
  times(
    count,
    (index) =>
      `<circle cx="${x}" cy="${top + index * step}" r="8" fill="${colour}"/><circle cx="${x - 2}" cy="${top + index * step - 2}" r="3" fill="#ffffff" opacity=".5"/>`,
  );

const collar = (colour: string): Svg =>
  path('M-96 -272C-50 -236 50 -236 96 -272C60 -226 -60 -226 -96 -272Z', { fill: shade(colour, 0.4) }) +
  painted('M-96 -272L-64 -190L0 -236Z', face(tint(colour, 0.12))) +
  painted('M96 -272L64 -190L0 -236Z', face(tint(colour, 0.12)));

const shirt = (colour: string): Svg =>
  garment(
    colour,
    hairline('M0 -236V276', shade(colour, 0.5), 0.4, 4) +
      hairline('M26 -228V276', shade(colour, 0.5), 0.18, 3) +
      path(rectangle(58, -118, 78, 92, 6), {
        fill: tint(colour, 0.08),
        stroke: shade(colour, 0.4),
        'stroke-width': 3,
        'stroke-opacity': 0.4,
      }) +
      buttons(shade(colour, 0.24), 6, -190, 78, 13),
  ) + collar(colour);

const cardigan = (colour: string): Svg =>
  garment(
    colour,
    times(34, (index) => hairline(`M${-280 + index * 17} -280V290`, shade(colour, 0.5), 0.12, 6)) +
      path('M-96 -276C-70 -120 -22 -60 -14 290H14C22 -60 70 -120 96 -276Z', { fill: tint(colour, 0.14) }) +
      path('M-170 236H170V300H-170Z', { fill: shade(colour, 0.12) }) +
      hairline('M0 -70V290', shade(colour, 0.6), 0.5, 4) +
      buttons('#6b4a35', 5, -40, 70),
  ) +
  path('M-74 -262C-40 -160 -14 -100 0 -70C14 -100 40 -160 74 -262C40 -250 -40 -250 -74 -262Z', {
    fill: shade(colour, 0.45),
  });

const HANBOK =
  'M-84 -232C-40 -212 40 -212 84 -232L176 -206C250 -170 320 -96 342 -6C330 60 286 96 232 92L168 4C172 60 178 110 182 156C60 176 -60 176 -182 156C-178 110 -172 60 -168 4L-232 92C-286 96 -330 60 -342 -6C-320 -96 -250 -170 -176 -206Z';

const hanbok = (colour: string): Svg =>
  garment(
    colour,
    path('M-84 -236C-60 -120 40 -20 96 190L140 190C96 -30 0 -130 -44 -236Z', { fill: '#f4eee2' }) +
      path('M84 -236C70 -170 40 -110 2 -74L-22 -108C12 -140 34 -180 44 -236Z', { fill: '#f4eee2' }) +
      path(
        'M-342 -6C-330 40 -290 90 -232 92L-250 60C-290 50 -312 20 -318 -20ZM342 -6C330 40 290 90 232 92L250 60C290 50 312 20 318 -20Z',
        { fill: '#f4eee2' },
      ),
    HANBOK,
  ) +
  painted('M52 8C70 90 40 190 64 286L104 280C84 190 108 90 84 2Z', face('#c8542f')) +
  painted('M58 2C110 70 120 160 156 230L190 214C150 140 136 60 84 -10Z', face('#b2472a')) +
  painted(oval(70, 2, 26, 22), face('#c8542f'));

function sock(colour: string): Svg {
  const d =
    'M-66 -290H66C70 -170 62 -60 72 10C84 70 190 92 214 150C226 206 176 232 118 222C20 206 -60 150 -72 40C-80 -60 -66 -180 -66 -290Z';
  const rib = times(9, (index) => hairline(`M${-62 + index * 15.5} -292V-222`, shade(colour, 0.5), 0.5, 5));
  const knit = at(60, 0, grid(340, 560, 15, shade(colour, 0.5), 0.14, 4));
  return (
    painted(d, face(colour, 1.2)) +
    clipped(
      d,
      knit +
        path('M-80 -292H80V-222H-80Z', { fill: tint(colour, 0.18) }) +
        rib +
        path('M130 90C180 100 240 140 230 240L120 240C150 190 150 130 130 90Z', {
          fill: tint(colour, 0.3),
          opacity: 0.9,
        }) +
        path('M-84 20C-30 20 0 60 0 130L-60 160Z', { fill: tint(colour, 0.3), opacity: 0.9 }),
    )
  );
}

const socks = (colour: string): Svg =>
  at(-130, 20, sock(shade(colour, 0.06)), 0.98, 8) + at(70, 0, sock(colour), 1, -4);

const apron = (colour: string): Svg => {
  const d =
    'M-84 -290H84C96 -200 150 -150 206 -130L210 250C80 268 -80 268 -210 250L-206 -130C-150 -150 -96 -200 -84 -290Z';
  return (
    path('M-84 -284C-110 -390 110 -390 84 -284', { fill: 'none', stroke: shade(colour, 0.25), 'stroke-width': 18 }) +
    path('M-206 -120C-280 -100 -300 -20 -330 30M206 -120C280 -100 300 -20 330 30', {
      fill: 'none',
      stroke: shade(colour, 0.25),
      'stroke-width': 16,
      'stroke-linecap': 'round',
    }) +
    painted(d, face(colour)) +
    clipped(
      d,
      stitches('M-72 -276H72M-192 236C-70 252 70 252 192 236', tint(colour, 0.6)) +
        path(rectangle(-130, -20, 260, 150, 10), {
          fill: tint(colour, 0.06),
          stroke: tint(colour, 0.5),
          'stroke-width': 4,
          'stroke-dasharray': '10 8',
        }) +
        hairline('M0 -20V130', tint(colour, 0.5), 0.6, 4),
    ) +
    `<circle cx="-78" cy="-272" r="10" fill="#c9a050"/><circle cx="78" cy="-272" r="10" fill="#c9a050"/>`
  );
};

const hat = (colour: string): Svg => {
  const weave = times(
    11,
    (ring) =>
      `<circle r="${60 + ring * 24}" fill="none" stroke="${shade(colour, 0.4)}" stroke-width="5" stroke-dasharray="9 7" stroke-dashoffset="${(ring % 2) * 8}" opacity=".3"/>`,
  );
  return (
    painted(oval(0, 0, 320, 306), face(colour, 1.1)) +
    weave +
    painted(oval(-4, -8, 176, 168), face(shade(colour, 0.16))) +
    painted(oval(-12, -20, 160, 152), face(tint(colour, 0.12), 1.2)) +
    path(oval(-6, -10, 170, 162), { fill: 'none', stroke: '#3a3836', 'stroke-width': 22 }) +
    group(weave, { 'clip-path': 'circle(146px at -12px -20px)' })
  );
};

const raincoat = (colour: string): Svg => {
  const d =
    'M-120 -262C-60 -300 60 -300 120 -262L204 -214L292 20L214 56L172 -60C176 80 180 190 184 286C60 302 -60 302 -184 286C-180 190 -176 80 -172 -60L-214 56L-292 20L-204 -214Z';
  return (
    garment(
      colour,
      hairline('M0 -240V300', shade(colour, 0.6), 0.55, 5) +
        path(rectangle(-146, 96, 108, 96, 8) + rectangle(38, 96, 108, 96, 8), {
          fill: tint(colour, 0.06),
          stroke: shade(colour, 0.5),
          'stroke-width': 4,
          'stroke-opacity': 0.45,
        }) +
        path('M-146 118H-38M38 118H146', { stroke: shade(colour, 0.5), 'stroke-width': 5, opacity: 0.5 }) +
        buttons('#2c2a28', 5, -170, 92, 18),
      d,
    ) +
    painted('M-124 -262C-100 -350 100 -350 124 -262C70 -214 -70 -214 -124 -262Z', face(shade(colour, 0.14))) +
    path('M-84 -262C-60 -310 60 -310 84 -262C50 -236 -50 -236 -84 -262Z', { fill: shade(colour, 0.5) }) +
    path(`M${n(-20)} -226V-150M20 -226V-150`, { stroke: '#f1eadb', 'stroke-width': 6, 'stroke-linecap': 'round' })
  );
};

export const clothing: Readonly<Record<string, Subject>> = {
  'linen-shirt': { paper: 'clay', view: 'lying', colours: ['#f3eee4', '#d8c3a0'], draw: shirt },
  'merino-cardigan': { paper: 'sage', view: 'lying', colours: ['#d9c8ab', '#35503f'], draw: cardigan },
  'modern-hanbok-jacket': { paper: 'mist', view: 'lying', scale: 0.96, colours: ['#6f8fa3'], draw: hanbok },
  'wool-socks': { paper: 'oat', view: 'lying', colours: ['#b5532f', '#8d8e91'], draw: socks },
  'canvas-apron': { paper: 'shell', view: 'lying', scale: 0.92, colours: ['#6b6f45', '#33425c'], draw: apron },
  'straw-hat': { paper: 'slate', view: 'lying', scale: 0.94, colours: ['#dcbd80'], draw: hat },
  'rain-jacket': { paper: 'stone', view: 'lying', scale: 0.94, colours: ['#c99a2e'], draw: raincoat },
};
