import { runCommandLine } from './composition/cli/program.ts';

// A reader that goes away (`| head`, a closed terminal) must not take a shop with it.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);
await runCommandLine(process.argv);
