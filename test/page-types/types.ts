import { registerHooks } from 'node:module';
import { memoryShop } from '../../src/composition/memory-shop-harness.ts';
import { silentLogger } from '../../src/platform/telemetry/silent.ts';

/** The generator writes with the compiler API of TypeScript 5, which TypeScript 7 does not have. */
registerHooks({
  resolve: (specifier, context, next) => next(specifier === 'typescript' ? 'typescript-5' : specifier, context),
});
const { astToString, default: typesOf } = await import('openapi-typescript');

const DOCUMENTS = { api: '/openapi.json', web: '/web/openapi.json', console: '/console/openapi.json' };

/** What lies in `web/generated`: the types of each OpenAPI document that the shop serves, by file name. */
export async function generatedTypes(): Promise<ReadonlyMap<string, string>> {
  await using shop = await memoryShop(silentLogger);
  const files = new Map<string, string>();
  for (const [name, path] of Object.entries(DOCUMENTS)) {
    const answer = await shop.http.inject(path);
    if (answer.statusCode !== 200) continue;
    const types = astToString(await typesOf(answer.json()));
    files.set(`${name}.ts`, `// Generated from ${path} by \`npm run generate\`.\n\n${types}`);
  }
  return files;
}
