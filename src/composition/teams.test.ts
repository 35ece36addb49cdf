import assert from 'node:assert/strict';
import { test } from 'node:test';
import { silentLogger } from '../platform/telemetry/silent.ts';
import { SetupFault } from './fault.ts';
import { readSettings } from './settings.ts';
import { noticePlan } from './teams.ts';
import type { Topology } from './topology.ts';

const SECRET = 'sixteen letters at least';
const base: Topology = {
  ...{ name: 'test', partitions: 4, connectionsPerService: 2, integrations: {} },
  services: { orders: { team: 'sales' }, payments: {}, cart: { team: 'web' } },
  defaultTeam: 'money',
  teams: {
    money: {
      mail: ['money@shop.test'],
      escalation: ['boss@shop.test'],
      webhook: { url: 'https://money.test/hook?key=1' },
    },
    sales: { mail: ['sales@shop.test'] },
    web: {},
  },
};
const environment = {
  JANGTEO_SMTP_URL: 'smtp://user:secret@127.0.0.1:2525',
  JANGTEO_MAIL_FROM: 'jangteo@shop.test',
  JANGTEO_WEBHOOK_SECRETS: `money=${SECRET.replaceAll(' ', '-')}`,
};

const planOf = (topology: Topology, env: Record<string, string> = environment) =>
  noticePlan(topology, readSettings(env), 'http://localhost:8080', silentLogger);

test('each service tells its own team, or the default one, over what the team has', () => {
  const plan = planOf(base);
  const of = (service: string) => {
    const { team, channels } = plan.of(service);
    return [team, ...channels.map(({ name, to, fromStep }) => `${name} ${to} ${fromStep}`)];
  };
  assert.deepEqual(of('orders'), ['sales', 'log the log 0', 'mail sales@shop.test 0']);
  assert.deepEqual(of('payments'), [
    ...[
      'money',
      'log the log 0',
      'mail money@shop.test 0',
      'escalation boss@shop.test 3',
      'webhook https://money.test/hook 0',
    ],
  ]);
  assert.deepEqual(of('cart'), ['web', 'log the log 0']);
  plan.close();
});

test('a shop without teams needs no settings and tells the log', () => {
  const { teams: _, defaultTeam: __, ...rest } = base;
  const plan = planOf({ ...rest, services: { orders: {} } }, {});
  assert.deepEqual(
    plan.of('orders').channels.map(({ name }) => name),
    ['log'],
  );
});

test('what does not fit is said in a sentence that names it', () => {
  const wrong = (topology: Partial<Topology>, env: Record<string, string>, sentence: RegExp) =>
    assert.throws(
      () => planOf({ ...base, ...topology }, env),
      (fault: unknown) => fault instanceof SetupFault && sentence.test(fault.message),
    );
  const { JANGTEO_SMTP_URL: _, ...noServer } = environment;
  const { JANGTEO_MAIL_FROM: __, ...noSender } = environment;
  const { JANGTEO_WEBHOOK_SECRETS: ___, ...noSecret } = environment;
  wrong({ services: { orders: { team: 'nobody' } } }, environment, /names the team "nobody" at services\/orders\/team/);
  wrong({ defaultTeam: 'none' }, environment, /"none" at defaultTeam, but its teams are money, sales, web/);
  wrong({}, noServer, /money is told by mail, but JANGTEO_SMTP_URL is not set/);
  wrong({}, noSender, /JANGTEO_MAIL_FROM is not set/);
  wrong({}, noSecret, /money has a webhook but no secret/);
  wrong({}, { ...environment, JANGTEO_WEBHOOK_SECRETS: 'money=short' }, /at least 16 characters/);
  wrong(
    {},
    { ...environment, JANGTEO_WEBHOOK_SECRETS: `sales=${'x'.repeat(16)}` },
    /"sales", which is no team with a webhook/,
  );
  wrong({}, { ...environment, JANGTEO_SMTP_URL: 'http://mail' }, /no(t an)? address of a mail server/);
  wrong({}, { ...environment, JANGTEO_MAIL_FROM: 'nobody' }, /must be a mail address/);
  wrong(
    { teams: { ...base.teams, money: { webhook: { url: 'ftp://x' } } } },
    environment,
    /"ftp:\/\/x", which is no http/,
  );
  wrong({ notices: { afterMs: [5, 3] } }, environment, /afterMs must begin with 0 and ascend/);
});
