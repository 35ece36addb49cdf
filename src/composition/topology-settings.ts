import type { Secrets } from './home.ts';
import { integrations } from './registry.ts';
import type { Settings } from './settings.ts';
import { derived } from './shop-engines.ts';
import { simulatorSettings } from './simulators.ts';
import type { IntegrationPlan } from './start-services.ts';
import { engineAddress } from './topology/addresses.ts';
import { choicesOf } from './topology/processes.ts';
import type { Topology } from './topology.ts';

/** What a topology and the simulators that run say to each part of a process. */
export function topologySettings(topology: Topology, settings: Settings, secrets: Secrets) {
  const { services, integrations: partners } = topology;
  const simulation = simulatorSettings(settings.simulators ?? {}, {
    shopUrl: settings.publicUrl ?? '',
    secretFor: (purpose) => derived(secrets.capabilitySecret, purpose),
  });
  const ofServices = Object.entries(services).map(
    ([name, { settings: own = {}, guard }]) => [name, guard === undefined ? own : { ...own, guard }] as const,
  );
  const ofPartners = Object.entries(partners).map(([name, { settings: own = {} }]) => [name, own] as const);
  return {
    /** Integrations whose other side is simulated. */
    simulated: Object.keys(partners).filter((name) => partners[name]?.simulator !== undefined),
    /** As the console shows it. */
    shown: Object.fromEntries([...ofServices, ...ofPartners]),
    settingsOf(service: string): Readonly<Record<string, unknown>> {
      const own = services[service]?.settings ?? {};
      const { search, orderStatus } = choicesOf(topology);
      const openSearch = () => ({
        index: 'opensearch',
        url: engineAddress(topology, 'opensearch', settings.engines ?? {}, process.env),
        prefix: settings.databasePrefix?.replaceAll('_', '-') ?? 'jangteo',
      });
      if (service === 'search' && search === 'opensearch') return { ...openSearch(), ...own };
      if (service === 'orders' && orderStatus === 'opensearch') return { lists: openSearch(), ...own };
      return own;
    },
    async integrationPlan(name: string): Promise<IntegrationPlan> {
      const definition = await integrations[name]?.();
      if (definition === undefined) throw new Error(`there is no integration ${name}`);
      return { definition, settings: { ...simulation[name], ...partners[name]?.settings } };
    },
  };
}
