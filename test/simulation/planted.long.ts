import { describe, it } from 'node:test';
import { assertFound } from './hunt.ts';
import { plants } from './planted-bugs.ts';

describe('every planted bug is found', { concurrency: 2 }, () => {
  for (const bug of plants) it(`${bug.name}: within ${bug.within} seeds`, () => assertFound(bug));
});
