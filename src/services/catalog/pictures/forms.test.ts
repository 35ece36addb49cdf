import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PICTURE_WIDTHS } from '../../../contracts/pictures.ts';
import { askedPicture } from './forms.ts';

test('a file’s name says which picture, and as what', () => {
  assert.deepEqual(askedPicture('moon-jar-mug-2.svg'), { name: 'moon-jar-mug-2', form: 'svg' });
  const small = { name: '320.avif', format: 'avif', width: 320, height: 320, drawingWidth: 320 };
  assert.deepEqual(askedPicture('moon-jar-mug.320.avif'), { name: 'moon-jar-mug', form: small });
  assert.deepEqual(askedPicture('mug.v2.320.avif'), { name: 'mug.v2', form: small });
  const preview = { name: 'og.jpg', format: 'jpg', width: 1200, height: 630, drawingWidth: 550 };
  assert.deepEqual(askedPicture('mug.og.jpg'), { name: 'mug', form: preview });
  for (const width of PICTURE_WIDTHS)
    for (const format of ['avif', 'webp', 'jpg'])
      assert.ok(askedPicture(`mug.${width}.${format}`), `${width} ${format}`);
});

test('other widths, formats and names are no pictures', () => {
  for (const file of [
    ...[
      'mug.641.avif',
      'mug.0640.avif',
      'mug.640.png',
      'mug.640.AVIF',
      'mug.og.avif',
      'mug.640',
      'mug.avif',
      'mug',
      '',
    ],
    ...['.640.avif', '.svg', '../mug.svg', `${'m'.repeat(65)}.svg`, 'mug.640.avif.exe', 'mug.constructor.jpg'],
  ])
    assert.equal(askedPicture(file), undefined, file);
});
