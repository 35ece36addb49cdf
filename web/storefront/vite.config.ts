import { globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** What browsers load: an entry for each page (`pages/<name>/client.tsx`), and a manifest that says which files it needs. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  publicDir: false,
  build: {
    manifest: 'manifest.json',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: Object.fromEntries(
        globSync('pages/*/client.tsx', { cwd: import.meta.dirname }).map((file) => [
          basename(dirname(file)),
          join(import.meta.dirname, file),
        ]),
      ),
    },
  },
});
