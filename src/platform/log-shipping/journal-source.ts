import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BATCH, type LineSource } from './port.ts';
import { BEGINNING, type Position, readJournal } from './read-journal.ts';

/** The lines of a program, out of its journal. How far they have been taken is remembered beside them. */
export function journalSource(folder: string, program: string): LineSource {
  const file = join(folder, 'shipped.json');
  let position = remembered(file);
  let told = position;
  return {
    async next() {
      const { lines, lost, isMore, position: behind } = await readJournal(folder, position, BATCH);
      told = behind;
      return { lines: lines.map((line) => ({ ...line, program })), lost, isMore };
    },
    async taken() {
      const isNew = told.first !== position.first || told.offset !== position.offset;
      position = told;
      // Where it cannot be remembered, those lines are sent again after a start.
      if (isNew) await remember(file, position).catch(() => undefined);
    },
  };
}

function remembered(file: string): Position {
  try {
    const { first, offset, number } = JSON.parse(readFileSync(file, 'utf8')) as Position;
    return [first, offset, number].every(Number.isSafeInteger) ? { first, offset, number } : BEGINNING;
  } catch {
    return BEGINNING;
  }
}

async function remember(file: string, position: Position): Promise<void> {
  await writeFile(`${file}.new`, JSON.stringify(position));
  await rename(`${file}.new`, file);
}
