import { Type } from 'typebox';
import type { PictureFormat } from '../../contracts/pictures.ts';
import type { Dialect } from './dialect.ts';
import { chosenPicture, type PictureRole } from './pictures.ts';

/** Of pictures, in points. */
const POINTS: Readonly<Record<PictureRole, number>> = { line: 64, tile: 120, cell: 180, hero: 430 };
const FIRST_WITH_AVIF = 16;
const FIRST_WITH_WEBP = 14;

/** iPhones and iPads: pictures in points at @1x to @3x, lists by cursor for endless scrolling, times as ISO 8601 texts. */
export const ios: Dialect = {
  platform: 'ios',
  title: 'iOS',
  deviceHeaders: {
    'x-device-scale': Type.Optional(
      Type.Integer({ minimum: 1, maximum: 3, description: '`UIScreen.main.scale`: 2 for @2x. Default 2.' }),
    ),
    'x-os-version': Type.Optional(
      Type.String({
        pattern: '^\\d{1,3}(\\.\\d{1,3}){0,2}$',
        description: '`UIDevice.current.systemVersion`. Pictures are AVIF from 16 on, WebP from 14 on, else JPEG.',
      }),
    ),
  },
  deviceOf(headers) {
    const scale = Number(headers['x-device-scale'] ?? 2);
    return { pixels: scale, density: scale, format: formatOf(String(headers['x-os-version'] ?? '')) };
  },
  Picture: Type.Object(
    {
      url: Type.String({ description: 'To be resolved against the address that was asked.' }),
      points: Type.Integer({ description: 'The side of the square that it is meant for.' }),
      scale: Type.Integer({ description: 'For `UIImage(data:scale:)`.' }),
      pixels: Type.Union([Type.Integer(), Type.Null()], { description: 'Its side; null when only the file knows.' }),
    },
    { title: 'Picture' },
  ),
  picture(source, role, device) {
    const { url, widthPx } = chosenPicture(source, POINTS[role], device);
    return { url, points: POINTS[role], scale: device.pixels, pixels: widthPx };
  },
  Time: Type.String({
    format: 'date-time',
    description: 'ISO 8601 in UTC, for `JSONDecoder`’s `.iso8601` strategies.',
  }),
  time: (ms) => `${new Date(ms).toISOString().slice(0, 19)}Z`,
  paging: {
    query: {
      cursor: Type.Optional(Type.String({ maxLength: 2_000, description: '`nextCursor` of the page before.' })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, description: 'Default 20.' })),
    },
    asked: ({ cursor, limit = 20 }) => ({ key: cursor as string | undefined, size: limit as number }),
    members: (item) => ({
      items: Type.Array(item),
      nextCursor: Type.Union([Type.String(), Type.Null()], { description: 'Null at the end.' }),
    }),
    present: ({ items, nextKey }) => ({ items: [...items], nextCursor: nextKey }),
  },
};

function formatOf(version: string): PictureFormat {
  const major = Number.parseInt(version, 10) || 0;
  if (major >= FIRST_WITH_AVIF) return 'avif';
  return major >= FIRST_WITH_WEBP ? 'webp' : 'jpg';
}
