import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The console: one document that finds its way by itself, below `/console/`. The server puts a nonce where `cspNonce` stands. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  plugins: [react()],
  publicDir: false,
  html: { cspNonce: '__CSP_NONCE__' },
  build: { modulePreload: { polyfill: false }, assetsInlineLimit: 0, assetsDir: 'assets' },
});
