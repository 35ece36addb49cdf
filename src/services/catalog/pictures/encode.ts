import type sharpModule from 'sharp';
import type { PictureFormat } from '../../../contracts/pictures.ts';
import type { Form } from './forms.ts';

const PAPER = '#faf8f4';

/** Chosen by eye and clock; a change here changes every picture's version (see `createPictures`). */
export const ENCODING = {
  avif: { quality: 72, effort: 1, chromaSubsampling: '4:2:0' },
  webp: { quality: 80, effort: 2 },
  jpg: { quality: 82, mozjpeg: true },
} as const satisfies Record<PictureFormat, object>;

/** Turns a drawing into pixels, on threads of the codec's own. Rejects for what is no SVG. */
export async function encode(svg: string, { format, width, height, drawingWidth }: Form): Promise<Uint8Array> {
  const sharp = await codec();
  const source = Buffer.from(svg);
  const { width: ownWidth } = await sharp(source).metadata();
  const drawn = sharp(source, { density: (72 * drawingWidth) / ownWidth })
    .resize(drawingWidth, drawingWidth)
    .flatten({ background: PAPER });
  const extra = { x: width - drawingWidth, y: height - drawingWidth };
  const laid = drawn.extend({
    ...{ left: Math.floor(extra.x / 2), right: Math.ceil(extra.x / 2) },
    ...{ top: Math.floor(extra.y / 2), bottom: Math.ceil(extra.y / 2), background: PAPER },
  });
  if (format === 'avif') return laid.avif(ENCODING.avif).toBuffer();
  return format === 'webp' ? laid.webp(ENCODING.webp).toBuffer() : laid.jpeg(ENCODING.jpg).toBuffer();
}

let loading: Promise<typeof sharpModule> | undefined;

/** Loaded with the first picture: a shop opens without it. */
function codec(): Promise<typeof sharpModule> {
  loading ??= import('sharp').then(({ default: sharp }) => {
    // Many pictures side by side, a thread each, rather than every core for one; each is made once, so nothing is worth keeping.
    sharp.concurrency(1);
    sharp.cache(false);
    return sharp;
  });
  return loading;
}
