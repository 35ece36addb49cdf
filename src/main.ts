import { runCommandLine } from './composition/cli/program.ts';

await runCommandLine(process.argv);
