import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import type { ViewStatus } from '../../platform/views/port.ts';
import { print } from './print.ts';
import { type RunningShop, runningShop } from './running-shop.ts';

const LOOK_MS = 500;

export function registerViews(program: Command): void {
  const views = program.command('views').description('read models: how far they lag, and rebuilding them');

  views
    .command('list', { isDefault: true })
    .description('every view and its lag')
    .option('--json', 'answer in JSON')
    .action(async (options: { json?: boolean }) => {
      const items = await statuses(runningShop());
      print(options, items, () => items.map(lineOf).join('\n'));
    });

  views
    .command('rebuild <name>')
    .description('rebuild a view from the log while it serves; the name may be <service>.<name>')
    .option('--json', 'answer in JSON when it is done')
    .action(async (name: string, options: { json?: boolean }) => {
      const shop = runningShop();
      let status = (await shop.ask('POST', `/v1/admin/views/${encodeURIComponent(name)}/rebuild`)) as ViewStatus;
      while (status.rebuilding !== undefined) {
        const { appliedEvents, totalEvents } = status.rebuilding;
        if (options.json !== true) console.log(`${appliedEvents} of ${totalEvents} events …`);
        await pause(LOOK_MS);
        status =
          (await statuses(shop)).find((each) => each.service === status.service && each.name === status.name) ?? status;
      }
      print(options, status, () => `Rebuilt: ${lineOf(status)}`);
    });
}

async function statuses(shop: RunningShop): Promise<readonly ViewStatus[]> {
  const { items } = (await shop.ask('GET', '/v1/admin/views')) as { items: readonly ViewStatus[] };
  return items;
}

function lineOf({ service, name, version, generation, lagEvents, lagMs }: ViewStatus): string {
  const lag = lagEvents === 0 ? 'up to date' : `${lagEvents} events behind (${Math.round(lagMs)} ms)`;
  return `${service}.${name}  version ${version}, generation ${generation}: ${lag}`;
}
