import type { Command } from 'commander';
import { readSettings, topologyFile } from '../settings.ts';
import { print } from './print.ts';

type Options = { readonly json?: boolean };

const ARGUMENT = 'a name in topologies/, or a file';

export function registerTopology(program: Command): void {
  const topology = program.command('topology').description('what runs where: show it, check it, compare it');

  topology
    .command('show')
    .argument('[topology]', ARGUMENT)
    .description('what runs where, as a table')
    .option('--json', 'answer in JSON')
    .action(async (name: string | undefined, options: Options) => {
      const { showText } = await import('../topology/show.ts');
      const { topology: shown, known } = await named(name);
      print(options, shown, () => showText(shown, known));
    });

  topology
    .command('check')
    .argument('[topology]', ARGUMENT)
    .description('refuse what contradicts itself, before anything starts')
    .option('--json', 'answer in JSON')
    .action(async (name: string | undefined, options: Options) => {
      const { contradictionsIn } = await import('../topology/contradictions.ts');
      const { topology: checked, known } = await named(name);
      const contradictions = contradictionsIn(checked, known);
      const lines = contradictions.map(({ at, says }) => `WRONG ${at}: ${says}`);
      const sound = `${checked.name} does not contradict itself.`;
      print(
        options,
        { topology: checked.name, ok: lines.length === 0, contradictions },
        () => lines.join('\n') || sound,
      );
      if (lines.length > 0) process.exitCode = 1;
    });

  topology
    .command('diff')
    .argument('<from>', ARGUMENT)
    .argument('<to>', ARGUMENT)
    .description('what the step from one topology to another changes')
    .option('--json', 'answer in JSON')
    .action(async (before: string, after: string, options: Options) => {
      const [{ diffOf }, { diffText }] = await Promise.all([
        import('../topology/diff.ts'),
        import('../topology/diff-text.ts'),
      ]);
      const [from, to] = [await named(before), await named(after)];
      const changes = diffOf(from.topology, to.topology, to.known);
      const names = [from.topology.name, to.topology.name] as const;
      print(options, { from: names[0], to: names[1], changes }, () => diffText(...names, changes));
    });
}

async function named(name: string | undefined) {
  const file = name === undefined ? readSettings(process.env).topology : topologyFile(name);
  const [{ known }, { readTopology }] = await Promise.all([import('../registry.ts'), import('../topology.ts')]);
  return { topology: readTopology(file, known), known };
}
