import { renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Writes a file that is there whole or not at all, whatever happens in the middle, and whoever reads it meanwhile; readable by its owner
 * alone, for most of what is written so holds a secret. Throws what the disk says, and leaves nothing behind then.
 */
export function writeWhole(
  file: string,
  text: string,
  { isSynced = true }: { /** Whether it outlives the machine's going down now. */ readonly isSynced?: boolean } = {},
): void {
  const beside = `${file}.${process.pid}`;
  try {
    // The mode counts for a new file only, and a process of this number may have left one half written.
    rmSync(beside, { force: true });
    writeFileSync(beside, text, { mode: 0o600, flush: isSynced });
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
