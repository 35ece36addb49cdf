import { join } from 'node:path';
import { answersOk, HOST } from './addresses.ts';
import { configFile } from './config-file.ts';
import { programOnPath } from './install/run-tool.ts';
import type { Engine } from './port.ts';
import { versions } from './versions.ts';

/** Groups alerts and tells people. Without a configuration it tells nobody. Debian names the program differently. */
export const engine: Engine = {
  name: 'alertmanager',
  about: 'alerts, grouped and told',
  recipe: {
    version: versions.alertmanager,
    programs: ['prometheus-alertmanager'],
    debian: ['prometheus-alertmanager'],
    byHand: 'install the package prometheus-alertmanager as root on Debian',
  },
  port: 9093,
  ports: ['main'],
  async plan(context) {
    const { ports, folder, program } = context;
    const url = `http://${HOST}:${ports.main}`;
    const config = configFile(context, {
      name: 'alertmanager.yml',
      signal: 'SIGHUP',
      check: (file) => [programOnPath('amtool') ?? 'amtool', 'check-config', file],
      fallback: JSON.stringify({ route: { receiver: 'nobody' }, receivers: [{ name: 'nobody' }] }),
    });
    await config.write();
    const options = [
      ...[`--config.file=${config.file}`, `--storage.path=${join(folder, 'data')}`],
      ...[`--web.listen-address=${HOST}:${ports.main}`, '--cluster.listen-address='],
    ];
    return {
      url,
      processes: [{ name: 'server', command: [program('prometheus-alertmanager'), ...options] }],
      ready: () => answersOk(`${url}/-/ready`),
      readyWithinMs: 60_000,
      reload: config.reload,
    };
  },
};
