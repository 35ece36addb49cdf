import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Account, copyBinaries, makeOwnFolder, mayUse, removeFolder, serverAccount } from './account.ts';
import type { PostgresServerOptions } from './port.ts';

/** Where a server lives and as whom it runs. */
export interface Place {
  readonly data: string;
  readonly binaries: string;
  readonly account?: Account;
}

/**
 * Decides where data and binaries are: in the given folders, or, when this process is root's and the unprivileged user may not
 * enter those, in the open folder (said once). A place once taken is kept. Throws a PostgresServerFault.
 */
export function findPlace(options: PostgresServerOptions): Place {
  const account = serverAccount();
  mkdirSync(options.folder, { recursive: true, mode: account ? 0o711 : 0o700 });
  const inPlace = { data: join(options.folder, 'data'), binaries: options.binaries };
  if (account === undefined) return inPlace;
  const known = rememberedPlace(options);
  if (known !== undefined) return { ...known, account };

  const own = existsSync(inPlace.data);
  if (!own) makeOwnFolder(inPlace.data, account);
  const dataFits = mayUse(account, inPlace.data, 'write');
  const binariesFit = mayUse(account, options.binaries, 'run');
  if (!dataFits && !own) removeFolder(inPlace.data);
  const place = { ...inPlace, account };
  if (!dataFits || !binariesFit) {
    mkdirSync(options.openFolder, { recursive: true, mode: 0o755 });
    const moved = [dataFits ? '' : 'data', binariesFit ? '' : 'binaries'].filter(Boolean).join(' and ');
    options.say(`PostgreSQL runs as nobody, who may not enter this folder: its ${moved} go to ${options.openFolder}.`);
  }
  if (!dataFits) place.data = join(options.openFolder, 'data');
  if (!binariesFit) place.binaries = copyBinaries(options.binaries, options.openFolder);
  remember(options, { data: place.data, binaries: place.binaries });
  return place;
}

function placeFile(options: PostgresServerOptions): string {
  return join(options.folder, 'place.json');
}

/** Only while it still holds: the binaries may be newer by now, the clone may have been moved. */
function rememberedPlace(options: PostgresServerOptions): { data: string; binaries: string } | undefined {
  const file = placeFile(options);
  if (!existsSync(file)) return undefined;
  const { data, binaries, packaged } = JSON.parse(readFileSync(file, 'utf8'));
  const holds = packaged === options.binaries && existsSync(join(binaries, 'bin', 'postgres')) && existsSync(data);
  return holds ? { data, binaries } : undefined;
}

function remember(options: PostgresServerOptions, place: { data: string; binaries: string }): void {
  writeFileSync(placeFile(options), JSON.stringify({ ...place, packaged: options.binaries }, null, 2));
}
