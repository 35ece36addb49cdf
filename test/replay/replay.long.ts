import { it } from 'node:test';
import { replayAgainstTheScript } from './against-the-script.ts';

it('a replay of the whole file comes to what an independent script derives from it alone; a second one changes nothing', () =>
  replayAgainstTheScript());
