/** Colours are `#rrggbb`; they are mixed in OKLab, so that steps look even and shades stay clean. */

type Lab = readonly [l: number, a: number, b: number];

/** What shade drifts towards: a warm dusk, never black. And light: the white of morning. */
const DUSK = '#2a2029';
const MORNING = '#fffaf0';

/** `a` with a share of `b`, from 0 to 1. */
export function mix(a: string, b: string, share: number): string {
  const from = labOf(a);
  const to = labOf(b);
  const at = (axis: 0 | 1 | 2) => from[axis] + (to[axis] - from[axis]) * share;
  return hexOf([at(0), at(1), at(2)]);
}

export const shade = (colour: string, share: number) => mix(colour, DUSK, share);
export const tint = (colour: string, share: number) => mix(colour, MORNING, share);

/** How bright a colour looks, from 0 to 1. */
export function lightness(colour: string): number {
  return labOf(colour)[0];
}

function labOf(hex: string): Lab {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  const [r, g, b] = [channel(1), channel(3), channel(5)];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function hexOf([lightness, a, b]: Lab): string {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const channels = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return `#${channels.map((each) => byteOf(each).toString(16).padStart(2, '0')).join('')}`;
}

function byteOf(linear: number): number {
  const held = Math.min(1, Math.max(0, linear));
  return Math.round(255 * (held <= 0.0031308 ? 12.92 * held : 1.055 * held ** (1 / 2.4) - 0.055));
}
