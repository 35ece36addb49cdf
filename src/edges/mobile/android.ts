import { Type } from 'typebox';
import type { PictureFormat } from '../../contracts/pictures.ts';
import type { Dialect } from './dialect.ts';
import { chosenPicture, type PictureRole } from './pictures.ts';

/** Of pictures, in density-independent pixels. */
const DP: Readonly<Record<PictureRole, number>> = { line: 56, tile: 112, cell: 168, hero: 412 };
/** Pixels of a dp, by density bucket. */
const BUCKETS = { mdpi: 1, hdpi: 1.5, xhdpi: 2, xxhdpi: 3, xxxhdpi: 4 } as const;
type Bucket = keyof typeof BUCKETS;
const FIRST_WITH_AVIF = 31;
const FIRST_WITH_WEBP = 18;
const Key = Type.Union([Type.String(), Type.Null()]);
const Count = Type.Union([Type.Integer(), Type.Null()], {
  description: 'Null where nobody has counted: `COUNT_UNDEFINED`.',
});

/** Android: pictures by density bucket, lists as pages of a `PagingSource` (Paging 3), times in ms since 1970. */
export const android: Dialect = {
  platform: 'android',
  title: 'Android',
  deviceHeaders: {
    'x-device-density': Type.Optional(
      Type.Enum(Object.keys(BUCKETS) as Bucket[], {
        description: 'The bucket of `resources.displayMetrics.densityDpi`. Default xhdpi.',
      }),
    ),
    'x-os-api-level': Type.Optional(
      Type.Integer({
        ...{ minimum: 1, maximum: 1_000 },
        description: '`Build.VERSION.SDK_INT`. Pictures are AVIF from 31 on, WebP from 18 on, else JPEG.',
      }),
    ),
  },
  deviceOf(headers) {
    const bucket = (headers['x-device-density'] ?? 'xhdpi') as Bucket;
    return { pixels: BUCKETS[bucket], density: bucket, format: formatOf(Number(headers['x-os-api-level'] ?? 0)) };
  },
  Picture: Type.Object(
    {
      uri: Type.String({ description: 'To be resolved against the address that was asked.' }),
      sizeDp: Type.Integer({ description: 'The side of the square that it is meant for.' }),
      density: Type.Enum(Object.keys(BUCKETS) as Bucket[]),
      sizePx: Type.Union([Type.Integer(), Type.Null()], { description: 'Its side; null when only the file knows.' }),
    },
    { title: 'Picture' },
  ),
  picture(source, role, device) {
    const { url, widthPx } = chosenPicture(source, DP[role], device);
    return { uri: url, sizeDp: DP[role], density: device.density, sizePx: widthPx };
  },
  Time: Type.Integer({ minimum: 0, description: 'Milliseconds since 1970, for `Instant.ofEpochMilli`.' }),
  time: (ms) => ms,
  paging: {
    query: {
      key: Type.Optional(
        Type.String({ maxLength: 2_000, description: '`LoadParams.key`: `nextKey` or `prevKey` of a page.' }),
      ),
      loadSize: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 60, description: '`LoadParams.loadSize`. Default 20.' }),
      ),
    },
    asked: ({ key, loadSize = 20 }) => ({ key: key as string | undefined, size: loadSize as number }),
    members: (item) => ({
      data: Type.Array(item),
      prevKey: Key,
      nextKey: Key,
      itemsBefore: Count,
      itemsAfter: Count,
    }),
    present: ({ items, nextKey, previousKey, before, after }) => ({
      ...{ data: [...items], prevKey: previousKey, nextKey, itemsBefore: before, itemsAfter: after },
    }),
  },
};

function formatOf(apiLevel: number): PictureFormat {
  if (apiLevel >= FIRST_WITH_AVIF) return 'avif';
  return apiLevel >= FIRST_WITH_WEBP ? 'webp' : 'jpg';
}
