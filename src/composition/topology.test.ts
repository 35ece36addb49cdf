import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { known } from './registry.ts';
import { cloneFolder } from './settings.ts';
import { readTopology } from './topology.ts';

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'jangteo-topology-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

const laptop = () => readTopology(join(cloneFolder, 'topologies', 'laptop.json'), known);

function fileWith(content: string): string {
  const file = join(folder, 'topology.json');
  writeFileSync(file, content);
  return file;
}

describe('a topology', () => {
  it('of the laptop runs every service there is', () => {
    assert.deepEqual(Object.keys(laptop().services).sort(), [...known.services].sort());
  });

  for (const [what, change, message] of [
    ['an unknown service', { services: { nothing: {} } }, /names "nothing" among its services.*use catalog/],
    ['an unknown integration', { integrations: { nothing: {} } }, /names "nothing" among its integrations/],
    [
      'a simulator where there is none',
      { integrations: { 'seller-autopilot': { simulator: { args: [] } } } },
      /simulators/,
    ],
    ['a wrong number', { partitions: 0 }, /wrong at \/partitions/],
    ['an unknown field', { colour: 'red' }, /wrong at/],
  ] as const) {
    it(`is refused with ${what}`, () => {
      const file = fileWith(JSON.stringify({ ...laptop(), ...change }));
      assert.throws(() => readTopology(file, known), { name: 'SetupFault', message });
    });
  }

  it('that is not there is missed, with those that are', () => {
    const file = join(cloneFolder, 'topologies', 'scale-up.json');
    assert.throws(() => readTopology(file, known), {
      name: 'SetupFault',
      message: /no topology .*scale-up.json: .*laptop.json/,
    });
    assert.throws(() => readTopology(join(folder, 'no', 'where.json'), known), { message: /name another file/ });
  });

  it('that is no JSON is refused', () => {
    assert.throws(() => readTopology(fileWith('{'), known), { name: 'SetupFault', message: /cannot be read/ });
  });
});
