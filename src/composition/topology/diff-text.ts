import type { Area, Change } from './diff.ts';

const HEADINGS: Readonly<Record<Area, string>> = {
  processes: 'Processes',
  services: 'Services',
  integrations: 'Integrations',
  edges: 'Edges',
  gateways: 'Gateways',
  engines: 'Engines',
  choices: 'What the shop uses',
  balancer: 'Load balancer',
  settings: 'Settings',
};

/** A step for a person: `+` new, `-` gone, `~` changed. */
export function diffText(from: string, to: string, changes: readonly Change[]): string {
  if (changes.length === 0) return `${from} and ${to} say the same.`;
  const areas = (Object.keys(HEADINGS) as Area[]).map((area) => changes.filter((change) => change.area === area));
  const sections = areas
    .filter((own) => own.length > 0)
    .map((own) => [HEADINGS[own[0]?.area ?? 'settings'], ...own.map((change) => `  ${lineOf(change)}`)].join('\n'));
  return [`From ${from} to ${to}:`, ...sections].join('\n\n');
}

function lineOf({ subject, from, to, note }: Change): string {
  const remark = note === undefined ? '' : ` (${note})`;
  if (from === undefined) return `+ ${subject}: ${shown(to)}${remark}`;
  if (to === undefined) return `- ${subject}: ${shown(from)}${remark}`;
  return `~ ${subject}: ${shown(from)} → ${shown(to)}${remark}`;
}

function shown(value: string | undefined): string {
  return value === undefined || value === '' ? 'nothing' : value;
}
