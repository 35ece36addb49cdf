import assert from 'node:assert/strict';
import { it } from 'node:test';
import { systemClock, systemRandom } from '../platform/clock/system.ts';
import { capabilities } from '../platform/http/capability.ts';
import { readiness } from '../platform/http/readiness.ts';
import { createMetrics } from '../platform/telemetry/metrics.ts';
import { silentLogger } from '../platform/telemetry/silent.ts';
import { compose } from './compose.ts';
import { memoryEngines } from './engines/memory.ts';
import { observe } from './observe.ts';

it('the keyring is a part whose health is asked: without its database nobody is let in', async () => {
  const engines = memoryEngines({ clock: systemClock, random: systemRandom });
  let isLost = false;
  let asked = 0;
  let time = 0;
  const composition = await compose({
    ...{ services: [], integrations: [], owner: 'test', masterKey: systemRandom.bytes(32), logger: silentLogger },
    capabilities: capabilities('capability-secret-of-the-tests'),
    engines: {
      ...engines,
      async storageFor(need) {
        const storage = await engines.storageFor(need);
        const heads = async () => {
          asked++;
          return isLost ? assert.fail('the database is gone') : storage.heads();
        };
        return { ...storage, heads };
      },
    },
  });
  try {
    const ready = readiness();
    observe(composition, createMetrics({ nodeMetrics: false }), ready, () => time);
    ready.enter('ready');
    asked = 0;
    for (time = 0; time < 2_000; time += 500)
      assert.deepEqual((await ready.read()).parts, [{ part: 'keyring', ok: true }]);
    assert.equal(asked, 1, 'a storage that was just reached is not asked again');
    isLost = true;
    const { ready: isReady, parts } = await ready.read();
    assert.deepEqual([isReady, parts[0]?.ok], [false, false]);
    isLost = false;
    assert.equal((await ready.read()).ready, true, 'one that was not is asked each time');
  } finally {
    await composition.stop();
  }
});
