import { existsSync, writeFileSync } from 'node:fs';
import { contractFile, contractNow, DIALECTS, keptContract } from './apps.ts';
import { compareContracts } from './compare.ts';

/** Renews the contracts that are kept of the apps. One that would break an app that is out there is not written. */
export async function keepContracts(): Promise<void> {
  for (const dialect of DIALECTS) {
    const now = await contractNow(dialect);
    const file = contractFile(dialect);
    const broken = existsSync(file) ? compareContracts(keptContract(dialect), now).broken : [];
    for (const each of broken) console.error(`${dialect.title}: ${each}: apps that are out there would break.`);
    if (broken.length > 0) process.exitCode = 1;
    else writeFileSync(file, `${JSON.stringify(now, null, 2)}\n`);
    console.log(`${broken.length > 0 ? 'not ' : ''}test/contracts/${dialect.platform}.openapi.json`);
  }
}
