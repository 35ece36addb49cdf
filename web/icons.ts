import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

const SOURCES = join(import.meta.dirname, 'storefront', 'icons');
const TOUCH_GROUND = '#c8431b';
const ICO_SIZE = 32;

/** Draws the shop's icons and its picture for links into a folder, each from its SVG. */
export async function drawIcons(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const icon = readFileSync(join(SOURCES, 'icon.svg'));
  const png = (size: number) => sharp(icon, { density: (72 * size) / 64 }).resize(size, size);
  writeFileSync(join(folder, 'icon.svg'), icon);
  for (const size of [192, 512])
    await png(size)
      .png()
      .toFile(join(folder, `icon-${size}.png`));
  // Systems cut the corners themselves.
  await png(180).flatten({ background: TOUCH_GROUND }).png().toFile(join(folder, 'apple-touch-icon.png'));
  writeFileSync(join(folder, 'favicon.ico'), icoOf(await png(ICO_SIZE).png().toBuffer()));
  await sharp(readFileSync(join(SOURCES, 'social.svg')))
    .resize(1200, 630)
    .png()
    .toFile(join(folder, 'social.png'));
}

/** An ICO file with one picture in it, which may be a PNG as it is. */
function icoOf(png: Buffer): Buffer {
  const head = Buffer.alloc(22);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(1, 4);
  head.writeUInt8(ICO_SIZE, 6);
  head.writeUInt8(ICO_SIZE, 7);
  head.writeUInt16LE(1, 10);
  head.writeUInt16LE(32, 12);
  head.writeUInt32LE(png.length, 14);
  head.writeUInt32LE(head.length, 18);
  return Buffer.concat([head, png]);
}
