import { PostgresServerFault } from '../../platform/postgres-server/port.ts';
import { SetupFault } from '../fault.ts';

/** Runs a command. What a person must put right is told as its one sentence; anything else keeps its stack. */
export async function withPlainFaults(run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    process.exitCode = 1;
    const plain = error instanceof SetupFault || error instanceof PostgresServerFault;
    console.error(plain ? error.message : error);
  }
}
