/** Widths in pixels that the shop makes its own pictures in. */
const WIDTHS = [160, 320, 480, 640, 960, 1280];
const OWN_DRAWING = /^(\/images\/[^/?#]+\/[^/?#]+)\.svg(\?[^#]*)?$/;

/** The addresses of one picture in each format: a `srcset` for AVIF, WebP and JPEG, and one for who knows no `srcset`. */
export interface Renditions {
  readonly avif: string;
  readonly webp: string;
  readonly jpeg: string;
  readonly src: string;
}

/** The picture for a link's preview, 1200 × 630; an address of others is answered as it is. */
export function previewOf(src: string): string {
  return src.replace(OWN_DRAWING, '$1.og.jpg$2');
}

/** The renditions of one of the shop's own drawings (`/images/….svg`); undefined for any other address. */
export function renditionsOf(src: string): Renditions | undefined {
  const [, path, query = ''] = OWN_DRAWING.exec(src) ?? [];
  if (path === undefined) return undefined;
  const srcset = (format: string) => WIDTHS.map((width) => `${path}.${width}.${format}${query} ${width}w`).join(', ');
  return { avif: srcset('avif'), webp: srcset('webp'), jpeg: srcset('jpg'), src: `${path}.640.jpg${query}` };
}
