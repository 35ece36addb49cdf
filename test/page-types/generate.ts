import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keepContracts } from '../contracts/generate.ts';
import { generatedTypes } from './types.ts';

/** `npm run generate`: renews the types that the pages know the shop by, and the contracts that are kept of the apps. */
const folder = join(import.meta.dirname, '..', '..', 'web', 'generated');
mkdirSync(folder, { recursive: true });
for (const [file, text] of await generatedTypes()) {
  writeFileSync(join(folder, file), text);
  console.log(`web/generated/${file}`);
}
await keepContracts();
