import type { Command } from 'commander';

export function registerHospital(program: Command): void {
  program.command('hospital');
}
