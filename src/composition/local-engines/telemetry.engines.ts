import { launcherConformance } from './launcher-conformance.ts';
import type { RunningEngine } from './port.ts';
import { startEngine } from './start.ts';

const answersAt = (path: string) => ({
  put: async () => undefined,
  holds: async ({ url }: RunningEngine) => (await fetch(`${url}${path}`)).ok,
});

launcherConformance('prometheus', (options) => startEngine('prometheus', options), answersAt('/api/v1/targets'));
launcherConformance('alertmanager', (options) => startEngine('alertmanager', options), answersAt('/api/v2/status'));
