/** What the shop's own pictures are made in: square, in these widths in pixels; the pages' `srcset` names the same. */
export const PICTURE_WIDTHS = [160, 320, 480, 640, 960, 1280] as const;

export type PictureFormat = 'avif' | 'webp' | 'jpg';
