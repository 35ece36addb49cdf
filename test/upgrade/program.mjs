import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// What a replica is in the tests of an upgrade: the program of the release that is installed for it just now.
const [, , , name, , replica] = process.argv;
const release = readFileSync(join(process.env.JANGTEO_TEST_RELEASES, `${name}-${replica}`), 'utf8');
await import(join(release, 'src/main.ts'));
