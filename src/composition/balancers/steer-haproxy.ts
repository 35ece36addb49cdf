import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../write-whole.ts';
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

/** Certificate and key in one file. */
function bundle(options: BalancerOptions): string | undefined {
  if (options.certificate === undefined) return undefined;
  const { certificateFile, keyFile } = options.certificate;
  const file = join(balancerFolder(options), 'certificate.pem');
  writeWhole(file, `${readFileSync(certificateFile, 'utf8')}\n${readFileSync(keyFile, 'utf8')}`);
  return file;
}
