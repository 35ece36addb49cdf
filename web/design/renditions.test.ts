import assert from 'node:assert/strict';
import { test } from 'node:test';
import { previewOf, renditionsOf } from './renditions.ts';

test('a drawing of our own comes in three formats and six widths', () => {
  const made = renditionsOf('/images/tableware/moon-jar-mug.svg');
  assert.equal(
    made?.avif,
    [160, 320, 480, 640, 960, 1280].map((w) => `/images/tableware/moon-jar-mug.${w}.avif ${w}w`).join(', '),
  );
  assert.match(made.webp, /^\/images\/tableware\/moon-jar-mug\.160\.webp 160w, .*\.1280\.webp 1280w$/);
  assert.match(made.jpeg, /^\/images\/tableware\/moon-jar-mug\.160\.jpg 160w, .*\.1280\.jpg 1280w$/);
  assert.equal(made.src, '/images/tableware/moon-jar-mug.640.jpg');
});

test('a version in the address stays in it', () => {
  const made = renditionsOf('/images/tea/pot.svg?v=abc123');
  assert.match(made?.avif ?? '', /^\/images\/tea\/pot\.160\.avif\?v=abc123 160w, /);
  assert.equal(made?.src, '/images/tea/pot.640.jpg?v=abc123');
});

test('pictures of others are left as they are', () => {
  for (const src of [
    ...['https://seller.example/images/tea/pot.svg', '//seller.example/images/tea/pot.svg', '/images/tea/pot.png'],
    ...['/images/pot.svg', '/images/a/b/c.svg', 'images/tea/pot.svg', '/images/tea/pot.svg#part', ''],
  ])
    assert.equal(renditionsOf(src), undefined, src);
});

test('a link’s preview shows a drawing as JPEG, and else what it is given', () => {
  assert.equal(previewOf('/images/tea/pot.svg'), '/images/tea/pot.og.jpg');
  assert.equal(previewOf('/images/tea/pot.svg?v=abc123'), '/images/tea/pot.og.jpg?v=abc123');
  assert.equal(previewOf('/social.png'), '/social.png');
});
