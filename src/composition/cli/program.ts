import { Command } from 'commander';
import { registerBench } from './bench.ts';
import { registerDoctor } from './doctor.ts';
import { registerEngines } from './engines.ts';
import { registerGateway } from './gateway.ts';
import { registerHospital } from './hospital.ts';
import { registerImport } from './import.ts';
import { withPlainFaults } from './plain-faults.ts';
import { registerReconcile } from './reconcile.ts';
import { registerReplay } from './replay.ts';
import { registerSagas } from './sagas.ts';
import { registerServe } from './serve.ts';
import { registerSidecar } from './sidecar.ts';
import { registerStatus } from './status.ts';
import { registerTopology } from './topology.ts';
import { registerUp } from './up.ts';
import { registerVerify } from './verify.ts';
import { registerViews } from './views.ts';

/** One line for each command; a command loads what it needs when it runs. */
const commands = [
  registerUp,
  registerServe,
  registerStatus,
  registerTopology,
  registerImport,
  registerReplay,
  registerBench,
  registerDoctor,
  registerVerify,
  registerHospital,
  registerReconcile,
  registerViews,
  registerSagas,
  registerEngines,
  registerGateway,
  registerSidecar,
];

/** Runs `jangteo` with the arguments of the process; the exit code says whether it succeeded. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  const program = new Command('jangteo').description('A marketplace backend that grows in place.');
  for (const register of commands) register(program);
  await withPlainFaults(() => program.parseAsync([...argv]));
}
