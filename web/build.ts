import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync, constants as zlib } from 'node:zlib';
import { build, type InlineConfig } from 'vite';
import { drawIcons } from './icons.ts';

/**
 * `node web/build.ts <folder>`: builds every page into the folder: `storefront` (what browsers load), `server` (what renders it)
 * and `console`, each text with its compressed copies beside it.
 */
const folder = process.argv[2];
if (folder === undefined) throw new Error('say which folder to build into');
process.env.NODE_ENV = 'production';
rmSync(folder, { recursive: true, force: true });

const parts = [
  { name: 'storefront', config: 'storefront/vite.config.ts' },
  { name: 'server', config: 'storefront/vite.server.config.ts' },
  { name: 'console', config: 'console/vite.config.ts' },
].filter(({ config }) => existsSync(join(import.meta.dirname, config)));

for (const { name, config } of parts) {
  const options: InlineConfig = {
    configFile: join(import.meta.dirname, config),
    mode: 'production',
    logLevel: 'warn',
    build: { outDir: join(folder, name), emptyOutDir: true },
  };
  await build(options);
}
await drawIcons(join(folder, 'storefront', 'icons'));
for (const name of ['storefront', 'console']) compress(join(folder, name));

/** Text is compressed once, here, as small as it gets. */
function compress(root: string): void {
  for (const file of globSync('**/*.{js,css,svg,html,json,webmanifest}', { cwd: root })) {
    const path = join(root, file);
    const bytes = readFileSync(path);
    writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [zlib.BROTLI_PARAM_QUALITY]: 11 } }));
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  }
}
