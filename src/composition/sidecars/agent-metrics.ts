import type { CredentialStatus } from '../../platform/certificates/keep.ts';
import type { ShippingStatus } from '../../platform/log-shipping/ship.ts';
import { withoutPassword } from '../shown-address.ts';

export interface AgentStatus {
  readonly shipping?: ShippingStatus;
  readonly credentials?: CredentialStatus;
}

const TIMEOUT_MS = 4_000;

/**
 * What the addresses tell, one after the other, and the sidecar's own figures. Told on and not pushed, so that Prometheus still sees who
 * does not answer: a source that is away is missing, and `jangteo_sidecar_scrape_up` says so.
 */
export async function gatheredMetrics(scrapes: readonly string[], own: AgentStatus): Promise<string> {
  const texts = await Promise.all(scrapes.map(asked));
  const up = scrapes.map(
    (url, index) => `jangteo_sidecar_scrape_up{source="${withoutPassword(url)}"} ${texts[index] === undefined ? 0 : 1}`,
  );
  const all = [...texts.filter((text) => text !== undefined), ownText(own)];
  if (up.length > 0) all.push(figure('scrape_up', 'gauge', 'Whether a source of metrics has answered.', up));
  return all.map((text) => (text.endsWith('\n') ? text : `${text}\n`)).join('');
}

async function asked(url: string): Promise<string | undefined> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const text = await answer.text();
    return answer.ok ? text : undefined;
  } catch {
    return undefined;
  }
}

function ownText({ shipping, credentials }: AgentStatus): string {
  const parts: string[] = [];
  if (shipping !== undefined) {
    const counts: readonly (readonly [name: keyof ShippingStatus, help: string])[] = [
      ['shipped', 'Log lines that were taken.'],
      ['refused', 'Log lines that were refused for good.'],
      ['lost', 'Log lines that had to go before they could be shipped.'],
      ['failures', 'Attempts that brought no line anywhere.'],
    ];
    for (const [name, help] of counts) {
      const full = name === 'failures' ? 'log_failures_total' : `log_lines_${name}_total`;
      parts.push(figure(full, 'counter', help, [`jangteo_sidecar_${full} ${shipping[name]}`]));
    }
  }
  if (credentials !== undefined) {
    const { notAfter, renewals, failures } = credentials;
    const end = notAfter === undefined ? 0 : Math.floor(notAfter / 1_000);
    parts.push(
      figure('certificate_end_seconds', 'gauge', 'When the certificate ends, in seconds since 1970.', [
        `jangteo_sidecar_certificate_end_seconds ${end}`,
      ]),
      figure('certificate_renewals_total', 'counter', 'Certificates that took the place of others.', [
        `jangteo_sidecar_certificate_renewals_total ${renewals}`,
      ]),
      figure('certificate_failures_total', 'counter', 'Attempts that brought none that may be used.', [
        `jangteo_sidecar_certificate_failures_total ${failures}`,
      ]),
    );
  }
  return parts.join('');
}

function figure(name: string, type: 'counter' | 'gauge', help: string, lines: readonly string[]): string {
  const full = `jangteo_sidecar_${name}`;
  return `# HELP ${full} ${help}\n# TYPE ${full} ${type}\n${lines.join('\n')}\n`;
}
