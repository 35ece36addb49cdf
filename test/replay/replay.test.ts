import { it } from 'node:test';
import { replayAgainstTheScript } from './against-the-script.ts';

/** The whole file: `replay.long.ts`. */
const LINES = 500;

it(`${LINES} lines of a replay come to what an independent script derives from them alone; a second one changes nothing`, () =>
  replayAgainstTheScript(LINES));
