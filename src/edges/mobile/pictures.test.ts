import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { android } from './android.ts';
import type { Dialect } from './dialect.ts';
import { ios } from './ios.ts';
import type { PictureRole } from './pictures.ts';

const chosen = ({ deviceOf, picture }: Dialect, headers: Record<string, unknown>, role: PictureRole) => {
  const { url, uri = url } = picture('/images/cups/mug.svg?v=7', role, deviceOf(headers)) as Record<string, unknown>;
  return uri;
};

describe('pictures', () => {
  it('of iOS fill their points at the scale of the screen, in the best format that the system draws', () => {
    const at = (scale: number, version: string, role: PictureRole) =>
      chosen(ios, { 'x-device-scale': scale, 'x-os-version': version }, role);
    assert.deepEqual(
      [at(1, '17.2', 'line'), at(2, '17.2', 'cell'), at(3, '17.2', 'cell'), at(3, '17.2', 'hero')],
      [160, 480, 640, 1280].map((width) => `/images/cups/mug.${width}.avif?v=7`),
    );
    assert.deepEqual(
      [at(2, '15.8.3', 'tile'), at(2, '12.5', 'tile'), chosen(ios, {}, 'tile')],
      ['webp', 'jpg', 'jpg'].map((format) => `/images/cups/mug.320.${format}?v=7`),
    );
  });

  it('of Android fill their dp in the bucket of the screen', () => {
    const at = (bucket: string, level: number, role: PictureRole) =>
      chosen(android, { 'x-device-density': bucket, 'x-os-api-level': level }, role);
    assert.deepEqual(
      ['mdpi', 'hdpi', 'xhdpi', 'xxhdpi', 'xxxhdpi'].map((bucket) => at(bucket, 34, 'cell')),
      [160, 320, 320, 480, 640].map((width) => `/images/cups/mug.${width}.avif?v=7`),
    );
    assert.deepEqual(
      [at('xhdpi', 30, 'line'), at('xhdpi', 17, 'line'), chosen(android, {}, 'line')],
      ['webp', 'jpg', 'jpg'].map((format) => `/images/cups/mug.160.${format}?v=7`),
    );
  });

  it('of others come as they are', () => {
    const other = 'https://pictures.example/mug.png';
    assert.deepEqual(ios.picture(other, 'cell', ios.deviceOf({})), { url: other, points: 180, scale: 2, pixels: null });
    assert.deepEqual(android.picture(other, 'cell', android.deviceOf({})), {
      ...{ uri: other, sizeDp: 168, density: 'xhdpi', sizePx: null },
    });
  });
});
