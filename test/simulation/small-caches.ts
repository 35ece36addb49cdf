import { registerHooks } from 'node:module';

const ours = new URL('./small-lru.ts', import.meta.url).href;

/** From now on what imports `lru-cache` gets caches with little room. Call it before the shop is imported. */
export function keepCachesSmall(): void {
  registerHooks({
    resolve(specifier, context, nextResolve) {
      if (specifier !== 'lru-cache' || context.parentURL === ours) return nextResolve(specifier, context);
      return { url: ours, format: 'module-typescript', shortCircuit: true };
    },
  });
}
