import { fnv1a } from '../../kernel/ids.ts';

/** A pleasant picture of a product as SVG: its subject's shape in colours of its own, the same each time. */
export function drawing(subject: string, name: string): string {
  const seed = fnv1a(`${subject}/${name}`);
  const hue = seed % 360;
  const tilt = ((seed >>> 9) % 9) - 4;
  const paper = `hsl(${hue} 42% 93%)`;
  const shade = `hsl(${hue} 38% 86%)`;
  const body = `hsl(${(hue + 18) % 360} 46% 56%)`;
  const dark = `hsl(${(hue + 18) % 360} 48% 38%)`;
  const light = `hsl(${(hue + 40) % 360} 60% 78%)`;
  const sun = { x: 90 + ((seed >>> 13) % 220), y: 80 + ((seed >>> 21) % 60), r: 34 + ((seed >>> 5) % 30) };
  const shape = SHAPES[subject] ?? DEFAULT_SHAPE;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" role="img" aria-hidden="true">
<rect width="400" height="400" fill="${paper}"/>
<circle cx="${sun.x}" cy="${sun.y}" r="${sun.r}" fill="${light}" opacity=".55"/>
<ellipse cx="200" cy="330" rx="130" ry="20" fill="${shade}"/>
<g transform="rotate(${tilt} 200 230)" stroke-linejoin="round" stroke-linecap="round">${shape({ body, dark, light, paper })}</g>
</svg>`;
}

interface Palette {
  readonly body: string;
  readonly dark: string;
  readonly light: string;
  readonly paper: string;
}

const DEFAULT_SHAPE = ({ body, dark, light }: Palette) =>
  `<rect x="110" y="170" width="180" height="150" rx="10" fill="${body}"/><rect x="100" y="150" width="200" height="40" rx="8" fill="${dark}"/><rect x="188" y="150" width="24" height="170" fill="${light}"/>`;

const SHAPES: Readonly<Record<string, (palette: Palette) => string>> = {
  tableware: ({ body, dark, light }) =>
    `<path d="M120 150h150v110a60 60 0 0 1-60 60h-30a60 60 0 0 1-60-60z" fill="${body}"/><path d="M270 180h20a34 34 0 0 1 0 68h-22" fill="none" stroke="${dark}" stroke-width="16"/><path d="M120 186c40 20 110-16 150 4" fill="none" stroke="${light}" stroke-width="10"/><path d="M165 125c-12-16 12-26 0-44m40 44c-12-16 12-26 0-44" fill="none" stroke="${light}" stroke-width="8"/>`,
  tea: ({ body, dark, light }) =>
    `<path d="M200 320c-80 0-96-80-70-130h140c26 50 10 130-70 130z" fill="${body}"/><path d="M266 210c40-6 40 30 66-26" fill="none" stroke="${dark}" stroke-width="18"/><path d="M140 200c-50 0-50 80 4 80" fill="none" stroke="${dark}" stroke-width="14"/><rect x="150" y="172" width="100" height="18" rx="9" fill="${dark}"/><circle cx="200" cy="160" r="13" fill="${dark}"/><path d="M180 262c0-34 40-38 46-38 0 34-12 46-46 38z" fill="${light}"/>`,
  textiles: ({ body, dark, light }) =>
    `<rect x="105" y="250" width="190" height="68" rx="30" fill="${dark}"/><rect x="112" y="190" width="176" height="68" rx="30" fill="${body}"/><rect x="120" y="134" width="160" height="64" rx="28" fill="${light}"/><path d="M140 222h120M140 284h120" stroke="${light}" stroke-width="6" stroke-dasharray="2 16"/>`,
  clothing: ({ body, dark, light }) =>
    `<path d="M150 130l-62 40 28 56 26-14v108h116v-108l26 14 28-56-62-40c-16 30-84 30-100 0z" fill="${body}"/><path d="M150 130c16 42 84 42 100 0" fill="none" stroke="${dark}" stroke-width="10"/><path d="M142 286h116" stroke="${light}" stroke-width="12"/>`,
  stationery: ({ body, dark, light, paper }) =>
    `<rect x="130" y="120" width="150" height="200" rx="10" fill="${body}"/><rect x="130" y="120" width="26" height="200" rx="8" fill="${dark}"/><rect x="176" y="156" width="84" height="46" rx="6" fill="${paper}"/><path d="M188 172h60M188 186h40" stroke="${dark}" stroke-width="5"/><path d="M304 130l14 8-70 160-22 16 4-26z" fill="${light}"/>`,
  home: ({ body, dark, light }) =>
    `<path d="M200 110l70 90H130z" fill="${light}"/><path d="M134 200h132l22 60H112z" fill="${body}"/><path d="M200 260v54" stroke="${dark}" stroke-width="14"/><path d="M150 322h100" stroke="${dark}" stroke-width="16"/>`,
  pantry: ({ body, dark, light, paper }) =>
    `<path d="M142 160h116l14 30v112a18 18 0 0 1-18 18H146a18 18 0 0 1-18-18V190z" fill="${body}"/><rect x="146" y="124" width="108" height="40" rx="8" fill="${dark}"/><rect x="128" y="218" width="144" height="66" fill="${paper}"/><circle cx="200" cy="251" r="20" fill="${light}"/>`,
  garden: ({ body, dark, light }) =>
    `<path d="M140 240h120l-16 82h-88z" fill="${body}"/><rect x="128" y="222" width="144" height="28" rx="8" fill="${dark}"/><path d="M200 222c0-60-10-80-60-100 0 60 20 88 60 100zm0 0c0-70 20-96 72-112-2 66-24 98-72 112z" fill="${light}"/><path d="M200 222c-4-50 0-92 4-124" stroke="${dark}" stroke-width="6" fill="none"/>`,
};
