import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { haproxyConfig } from './haproxy.ts';
import { balancerFolder } from './places.ts';
import type { BalancerOptions, BalancerPlan } from './port.ts';
import type { Steering } from './steering.ts';

/** A new configuration goes to new workers; those before serve what they have taken, streams as well. */
export function steerHaproxy(plan: BalancerPlan, options: BalancerOptions): Steering {
  const bundleFile = bundle(options);
  return {
    config: () => haproxyConfig(plan, bundleFile),
    change: (engine, next) => engine.reload(haproxyConfig(next, bundle(options))),
  };
}

/** Certificate and key in one file, readable by us alone. */
function bundle(options: BalancerOptions): string | undefined {
  if (options.certificate === undefined) return undefined;
  const { certificateFile, keyFile } = options.certificate;
  const file = join(balancerFolder(options), 'certificate.pem');
  writeFileSync(file, `${readFileSync(certificateFile, 'utf8')}\n${readFileSync(keyFile, 'utf8')}`, { mode: 0o600 });
  return file;
}
