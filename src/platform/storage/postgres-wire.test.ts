import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { testDatabase } from '../postgres/test-database.ts';
import { ask, type ParameterWriter, statement } from './postgres-wire.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 3_000 }).map((value) => value.replaceAll('\0', ''));
const body = text.map((said) => ({ said }));
const int4 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const drawn = fc.record(
  {
    word: text,
    count: fc.maxSafeInteger(),
    small: fc.array(int4, { maxLength: 40 }),
    large: fc.array(fc.maxSafeInteger(), { maxLength: 40 }),
    texts: fc.array(fc.option(text), { maxLength: 20 }),
    bodies: fc.array(fc.option(body), { maxLength: 20 }),
    body: fc.option(body),
  },
  { noNullPrototype: true },
);

it('a server reads every parameter as it was meant, however long the message grows', async () => {
  const db = await testDatabase(18);
  const client = await db.pool(1).connect();
  const echo = statement(
    `SELECT json_build_object('word', $1, 'count', $2, 'small', $3, 'large', $4, 'texts', $5, 'bodies', $6, 'body', $7)::text`,
    ['text', 'bigint', 'int[]', 'bigint[]', 'text[]', 'json[]', 'json'],
  );
  const itself = <Value>(value: Value) => value;
  const json = (value: object | null) => (value === null ? null : JSON.stringify(value));
  try {
    await fc.assert(
      fc.asyncProperty(drawn, async (sent) => {
        const message = echo((writer) => {
          writer.text(sent.word);
          writer.int8(sent.count);
          writer.int4Array(sent.small, itself);
          writer.int8Array(sent.large, itself);
          writer.textArray(sent.texts, itself);
          writer.jsonArray(sent.bodies, json);
          writer.json(json(sent.body));
        });
        assert.deepEqual(JSON.parse(await ask(client, message, 10_000)), sent);
      }),
      { numRuns: 60 },
    );
  } finally {
    client.release();
    await db.drop();
  }
});

it('an error of the server reaches who asked, and the session goes on', async () => {
  const db = await testDatabase(18);
  const client = await db.pool(1).connect();
  const divide = statement('SELECT (1 / $1)::text', ['bigint']);
  try {
    await assert.rejects(
      ask(
        client,
        divide((writer) => writer.int8(0)),
        10_000,
      ),
      { code: '22012' },
    );
    assert.equal(
      await ask(
        client,
        divide((writer) => writer.int8(1)),
        10_000,
      ),
      '1',
    );
  } finally {
    client.release();
    await db.drop();
  }
});

it('a message that is written, or given up, while another one is written leaves that one whole', () => {
  const say = statement('SELECT $1', ['text[]']);
  const words = (word: string) => (writer: ParameterWriter) => writer.textArray([word, word], (each) => each);
  const [alone, other] = [say(words('one')), say(words('the other'))];
  let within = alone;
  const around = say((writer) =>
    writer.textArray(['one', 'one'], (each) => {
      within = say(words('the other'));
      assert.throws(() => say(() => assert.fail('this one cannot be written')));
      return each;
    }),
  );
  assert.deepEqual([around, within], [alone, other]);
});
