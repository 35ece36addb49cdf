import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { problems } from '../../src/contracts/problems.ts';
import { PROBLEM_WORDS } from '../../src/edges/mobile/words.ts';
import { contractNow, DIALECTS, keptContract } from './apps.ts';
import { compareContracts, type OpenApiDocument } from './compare.ts';

/** What every app may meet, and no person can mend: the words for all that is not named will do. */
const NAMELESS = new Set([
  ...['malformed_request', 'internal_error', 'payload_too_large', 'unsupported_media_type'],
  ...['idempotency_key_required', 'idempotency_key_reused', 'idempotency_key_in_use'],
]);

for (const dialect of DIALECTS) {
  describe(`the contract of ${dialect.title}`, () => {
    it('breaks no app that is out there, and is kept as it is', async () => {
      const [kept, now] = [keptContract(dialect), await contractNow(dialect)];
      const { broken, added } = compareContracts(kept, now);
      assert.deepEqual(broken, [], 'apps that are out there would break');
      assert.deepEqual(added, [], 'the contract has grown: run npm run generate and commit what it writes');
      assert.deepEqual(now, kept, 'the words of the contract have changed: run npm run generate and commit it');
    });

    it('has words in both languages for every problem that a person can do something about', async () => {
      const named = JSON.stringify((await contractNow(dialect)).paths).matchAll(/`([a-z_]+)`: /g);
      const codes = new Set([...named].flatMap(([, each = '']) => (each in problems ? [each] : [])));
      assert.ok(codes.size > 20, 'the codes were not found');
      for (const code of codes) {
        const { en = '', ko = '' } = PROBLEM_WORDS[code] ?? {};
        assert.ok(NAMELESS.has(code) || (en !== '' && /[가-힣]/.test(ko)), `${code} has no words`);
      }
    });
  });
}

describe('comparing contracts', () => {
  const document = (member: object, required: string[], query: object = {}): OpenApiDocument => ({
    paths: {
      '/a': {
        get: {
          parameters: [{ name: 'q', in: 'query', required: false, schema: { type: 'string', maxLength: 9, ...query } }],
          responses: {
            200: {
              content: {
                'application/json': { schema: { type: 'object', properties: { member: { ...member } }, required } },
              },
            },
          },
        },
      },
    },
  });
  const text = { type: 'string', enum: ['x', 'y'] };
  const before = document(text, ['member']);

  it('says what an app would miss', () => {
    for (const [now, said] of [
      [{ paths: {} }, 'GET /a is gone'],
      [document({ type: 'integer' }, ['member']), 'GET /a, 200.member is no string any more'],
      [document(text, []), 'GET /a, 200.member may be missing now'],
      [document({ ...text, enum: ['x', 'y', 'z'] }, ['member']), 'GET /a, 200.member: z is a new value'],
      [document(text, ['member'], { maxLength: 8 }), 'GET /a, query q has a smaller maxLength'],
      [document(text, ['member'], { pattern: '^a' }), 'GET /a, query q must fit another pattern'],
    ] as const)
      assert.deepEqual(compareContracts(before, now as OpenApiDocument).broken, [said]);
    const [{ get } = {}] = Object.values(before.paths);
    const gone = { paths: { '/a': { get: { ...get, parameters: [], responses: {} } } } } as unknown as OpenApiDocument;
    assert.deepEqual(compareContracts(before, gone).broken, ['GET /a, query q is gone', 'GET /a, 200 is gone']);
  });

  it('says what is new, and nothing of what is the same', () => {
    assert.deepEqual(compareContracts(before, before), { broken: [], added: [] });
    const more = { paths: { ...before.paths, '/b': before.paths['/a'] ?? {} } };
    assert.deepEqual(compareContracts(before, more), { broken: [], added: ['GET /b'] });
    const longer = document(text, ['member'], { maxLength: 20 });
    assert.deepEqual(compareContracts(before, longer).broken, []);
  });
});
