import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { it } from 'node:test';
import { closeAll, gatewayOver, saying } from '../../edges/gateway/front/gateway-harness.ts';
import { systemClock, systemRandom } from '../../platform/clock/system.ts';
import { memoryRateLimits } from '../../platform/rate-limit/memory.ts';
import { redisRateLimits } from '../../platform/rate-limit/redis.ts';
import { connectRedis } from '../../platform/redis/connect.ts';

const address = process.env.JANGTEO_TEST_REDIS;

it('two gateways on one Redis let a client in exactly as often as the route says', async () => {
  assert.ok(address, 'set JANGTEO_TEST_REDIS to the address of a Redis, or run npm run test:engines');
  const origin = await saying('in');
  const connections = await Promise.all(
    [1, 2].map(() => connectRedis({ address, commandTimeoutMs: 5_000 }, systemClock, systemRandom)),
  );
  const name = `t${randomUUID()}`;
  const gateways = await Promise.all(
    connections.map((redis) =>
      gatewayOver(
        [{ name: 'all', path: '/*', service: 'one', rateLimit: { count: 50, perMs: 3_600_000 } }],
        { one: [origin] },
        { limits: redisRateLimits(redis, { local: memoryRateLimits(systemClock) }), table: { name } },
      ),
    ),
  );
  try {
    const asked = gateways.flatMap(({ url }) => Array.from({ length: 60 }, () => fetch(url)));
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    assert.deepEqual(
      [200, 429].map((each) => statuses.filter((status) => status === each).length),
      [50, 70],
    );
  } finally {
    await Promise.all(connections.map((redis) => redis.close()));
    await closeAll();
  }
});
