import type { Command } from 'commander';

export function registerViews(program: Command): void {
  program.command('views');
}
