import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { closeAll, gatewayOver, saying } from './gateway-harness.ts';

afterEach(closeAll);

const to = (name: string) => ({ name, path: `/${name}`, service: 'one' });
const codeOf = async (url: string) => ((await (await fetch(url)).json()) as { readonly code: string }).code;

describe('a gateway', () => {
  it('limits what shares a limit together, and goes on counting under new routes', async () => {
    const routes = [to('one'), to('two')];
    const defaults = { rateLimit: { count: 2, perMs: 60_000 } };
    const gateway = await gatewayOver(routes, { one: [await saying('one')] }, { table: { defaults } });
    const statusOf = async (path: string) => (await fetch(`${gateway.url}${path}`)).status;
    assert.deepEqual([await statusOf('/one'), await statusOf('/two'), await statusOf('/one')], [200, 200, 429]);
    gateway.replace({ name: 'test', defaults, routes: [...routes, to('three')] });
    assert.equal(await statusOf('/three'), 429);
    gateway.replace({ name: 'test', defaults: { rateLimit: { count: 3, perMs: 60_000 } }, routes });
    assert.equal(await statusOf('/two'), 200);
  });

  it('answers 500 when it fails itself, and goes on', async () => {
    const origins = {
      of: (): never => {
        throw new TypeError('a bug');
      },
      change: async () => {},
    };
    const { url, load, counted } = await gatewayOver([to('one')], {}, { origins });
    assert.equal(await codeOf(`${url}/one`), 'internal_error');
    assert.equal(await codeOf(`${url}/one`), 'internal_error');
    assert.deepEqual([load.inside, counted], [0, ['GET /one 500', 'GET /one 500']]);
  });
});
