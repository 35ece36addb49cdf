import { test } from 'node:test';
import { reads, writes } from './kit.ts';
import { edited } from './release.ts';

test('the kit that the upgrade is tested with fits the tree', () => {
  edited([...reads, ...writes]);
});
