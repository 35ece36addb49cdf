import { PICTURE_WIDTHS, type PictureFormat } from '../../contracts/pictures.ts';
import type { Json } from '../../kernel/json.ts';

/** Where on a screen a picture stands. */
export type PictureRole = 'line' | 'tile' | 'cell' | 'hero';

/** What of a device decides which picture it is sent. */
export interface Device {
  /** Pixels of a point (iOS) or a density-independent pixel (Android). */
  readonly pixels: number;
  /** The best of our formats that its system draws. */
  readonly format: PictureFormat;
  /** How the device calls its density. */
  readonly density: Json;
}

export interface ChosenPicture {
  readonly url: string;
  /** Null for a picture that is not one of the shop's own drawings: it comes as it is. */
  readonly widthPx: number | null;
}

/** A picture may be so much smaller than its place: the next width would cost twice the bytes for what nobody sees. */
const ENOUGH = 0.9;
const OWN_DRAWING = /^(\/images\/[^/?#]+\/[^/?#]+)\.svg(\?[^#]*)?$/;

/** The picture for a place of `units` points on a device: the smallest rendition that fills it. */
export function chosenPicture(source: string, units: number, { pixels, format }: Device): ChosenPicture {
  const [, path, version = ''] = OWN_DRAWING.exec(source) ?? [];
  if (path === undefined) return { url: source, widthPx: null };
  const wanted = units * pixels * ENOUGH;
  const widthPx = PICTURE_WIDTHS.find((width) => width >= wanted) ?? Math.max(...PICTURE_WIDTHS);
  return { url: `${path}.${widthPx}.${format}${version}`, widthPx };
}
