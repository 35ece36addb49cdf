import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** What the server renders pages with: one file that needs nothing beside it. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  publicDir: false,
  define: { 'process.env.NODE_ENV': '"production"' },
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: join(import.meta.dirname, 'server.tsx'),
    emitAssets: false,
    minify: false,
    rolldownOptions: { output: { entryFileNames: 'server.mjs' } },
  },
});
