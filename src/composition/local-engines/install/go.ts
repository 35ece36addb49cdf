import { chmodSync, copyFileSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SetupFault } from '../../fault.ts';
import { programOnPath, runTool } from './run-tool.ts';

const STATIC = { CGO_ENABLED: '0' };
const SMALL = ['-trimpath', '-ldflags', '-s -w'];

/** Builds one command of a Go module, `module/path@v1.2.3`, as `folder/program`. Throws a SetupFault. */
export async function goProgram(folder: string, program: string, path: string): Promise<void> {
  const go = goTool();
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  await runTool([go, 'install', ...SMALL, path], { folder, env: { ...STATIC, GOBIN: bin } });
  const [built = ''] = readdirSync(bin);
  renameSync(join(bin, built), join(folder, program));
  rmSync(bin, { recursive: true });
}

/**
 * Builds a command of a module that cannot be installed by its address alone, because its go.mod replaces something: in a module of
 * our own that takes over the checksums of `from` (`module@v1.2.3`) and, where `source` is the folder of a program of ours, its versions too.
 */
export async function goProgramWithin(
  folder: string,
  program: string,
  from: { readonly module: string; readonly package: string } | { readonly module: string; readonly source: string },
): Promise<void> {
  const go = goTool();
  const build = join(folder, 'build');
  mkdirSync(build);
  const at = { folder: build, env: STATIC };
  const { Dir } = JSON.parse(await runTool([go, 'mod', 'download', '-json', from.module], at)) as { Dir: string };
  const take = (file: string) => {
    copyFileSync(join(Dir, file), join(build, file));
    chmodSync(join(build, file), 0o644);
  };
  if ('source' in from) {
    take('go.mod');
    take('go.sum');
    for (const file of readdirSync(from.source)) copyFileSync(join(from.source, file), join(build, file));
    await runTool([go, 'mod', 'edit', '-module', 'engine'], at);
    await runTool([go, 'build', '-mod=mod', ...SMALL, '-o', join(folder, program), '.'], at);
  } else {
    await runTool([go, 'mod', 'init', 'engine'], at);
    take('go.sum');
    const [, version] = from.module.split('@');
    await runTool([go, 'get', `${from.package}@${version}`], at);
    await runTool([go, 'build', ...SMALL, '-o', join(folder, program), from.package], at);
  }
  rmSync(build, { recursive: true });
}

function goTool(): string {
  const go = programOnPath('go');
  if (go === undefined)
    throw new SetupFault('Go 1.22 or newer is needed to build this engine: install it and try again.');
  return go;
}
