import { join } from 'node:path';
import { answersOk, HOST } from './addresses.ts';
import { configFile } from './config-file.ts';
import { programOnPath } from './install/run-tool.ts';
import type { Engine } from './port.ts';
import { versions } from './versions.ts';

/** Metrics, recording rules and alerts. Without a configuration it watches itself. */
export const engine: Engine = {
  name: 'prometheus',
  about: 'metrics and alert rules',
  recipe: {
    version: versions.prometheus,
    programs: ['prometheus', 'promtool'],
    debian: ['prometheus'],
    byHand: 'install Prometheus (`brew install prometheus`, or the package prometheus as root on Debian)',
  },
  port: 9090,
  ports: ['main'],
  async plan(context) {
    const { ports, folder, program, settings } = context;
    const url = `http://${HOST}:${ports.main}`;
    const config = configFile(context, {
      name: 'prometheus.yml',
      signal: 'SIGHUP',
      check: (file) => [programOnPath('promtool') ?? 'promtool', 'check', 'config', file],
      fallback: JSON.stringify({
        global: { scrape_interval: '1s' },
        scrape_configs: [{ job_name: 'self', static_configs: [{ targets: [`${HOST}:${ports.main}`] }] }],
      }),
    });
    await config.write();
    const options = [
      ...[`--config.file=${config.file}`, `--storage.tsdb.path=${join(folder, 'data')}`],
      ...[`--web.listen-address=${HOST}:${ports.main}`, '--web.enable-remote-write-receiver'],
      ...Object.entries(settings).map((each) => `--${each.join('=')}`),
    ];
    return {
      url,
      processes: [{ name: 'server', command: [program('prometheus'), ...options] }],
      ready: () => answersOk(`${url}/-/ready`),
      readyWithinMs: 60_000,
      reload: config.reload,
    };
  },
};
