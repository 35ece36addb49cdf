import { shownSettings } from '../shown-settings.ts';
import type { Topology } from '../topology.ts';

/** All that a topology sets, flat: what it says to services, integrations, processes and teams; no secret among it. */
export function settingsIn(topology: Topology): Readonly<Record<string, string>> {
  const {
    partitions,
    connectionsPerService,
    services,
    integrations,
    processes = {},
    teams,
    defaultTeam,
    notices,
  } = topology;
  const ofServices = Object.entries(services).map(([name, { settings = {}, team, guard }]) => [
    name,
    { ...settings, team, guard },
  ]);
  const ofPartners = Object.entries(integrations).map(([name, { settings = {}, simulator, when }]) => [
    name,
    { ...settings, simulator: simulator?.args.join(' '), when },
  ]);
  const ofProcesses = Object.entries(processes).map(([name, { port, grow, env }]) => [name, { port, grow, env }]);
  const all = {
    ...{ partitions, connectionsPerService, teams, defaultTeam, notices },
    ...Object.fromEntries([...ofServices, ...ofPartners, ...ofProcesses]),
  };
  const given = JSON.parse(JSON.stringify(all)) as Readonly<Record<string, unknown>>;
  return Object.fromEntries(shownSettings(given).map(({ name, value }) => [name, value]));
}
