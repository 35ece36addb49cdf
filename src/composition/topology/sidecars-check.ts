import type { Topology } from '../topology.ts';
import type { Contradiction } from './contradictions.ts';
import { isThisMachine } from './engines-check.ts';
import { choicesOf, processesOf } from './processes.ts';

/** Whether what stands beside processes can do what it is there for. */
export function sidecarContradictions(topology: Topology): readonly Contradiction[] {
  const { sidecars, engines = {} } = topology;
  if (sidecars === undefined) return [];
  const { engine, mtls = true, logs, certificates, trustDomain, port, certificateHours } = sidecars;
  const plans = processesOf(topology);
  const found: Contradiction[] = [];
  const refuse = (at: string, says: string) => found.push({ at, says });
  if (plans.length === 0)
    refuse(
      '/sidecars',
      'the topology is one process, beside which nothing stands: leave "sidecars" out, or name "processes".',
    );
  const ofProxies = { mtls: sidecars.mtls, trustDomain, certificates, certificateHours };
  for (const [key, value] of Object.entries(ofProxies))
    if (engine === undefined && value !== undefined)
      refuse(
        `/sidecars/${key}`,
        `"${key}" is for proxies, of which there are none: add "engine": "envoy", or leave it out.`,
      );
  if (engine !== undefined && !mtls && (certificates ?? trustDomain ?? certificateHours) !== undefined)
    refuse(
      '/sidecars/mtls',
      'without mTLS nobody shows a certificate: leave out what is said of certificates, or "mtls": false.',
    );
  if (certificates !== undefined && certificateHours !== undefined)
    refuse(
      '/sidecars/certificateHours',
      'who brings certificates says how long they hold: leave out "certificateHours".',
    );
  const { discovery } = choicesOf(topology);
  if (engine !== undefined && discovery !== 'static')
    refuse(
      '/discovery',
      `${discovery} would tell processes each other’s own addresses, past their proxies: set discovery to static, or leave "sidecars" without "engine".`,
    );
  if (logs !== undefined && engines[logs] === undefined)
    refuse(
      '/sidecars/logs',
      `log lines go to ${logs}, which the topology does not name: add "engines": {"${logs}": {"start": true}} or its url.`,
    );
  const apart = plans.find(({ hosts }) => hosts !== undefined);
  if (engine !== undefined && apart !== undefined && port === undefined)
    refuse('/sidecars/port', `${apart.name} runs on hosts of its own, where nobody finds its proxy: add "port".`);
  const far = plans.find(({ hosts }) => hosts?.some((host) => !isThisMachine(host)));
  if (engine !== undefined && mtls && far !== undefined && certificates === undefined)
    refuse(
      '/sidecars/certificates',
      `${far.name} runs on another machine, whose authority would be another one: bring certificates, and name their folder in "certificates".`,
    );
  return found;
}
