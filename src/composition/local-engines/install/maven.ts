import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupFault } from '../../fault.ts';
import { withLock } from '../lock.ts';
import { cacheFolder } from './cache.ts';
import { installPackages, mayInstallPackages } from './debian.ts';
import { programOnPath, runTool } from './run-tool.ts';

/** An artefact of Maven Central: `group:artefact:version`; what it names and nobody publishes is excluded as `group:artefact`. */
export interface Artefact {
  readonly id: string;
  readonly exclude?: readonly string[];
}

/**
 * Brings artefacts and everything they need into `folder`. By Maven itself, so that the mirrors, proxies and passwords of the
 * user's settings hold. `platform` is a bill of materials that gives the versions. Throws a SetupFault.
 */
export async function mavenLibraries(folder: string, artefacts: readonly Artefact[], platform?: string): Promise<void> {
  const maven = await mavenProgram();
  const pom = join(folder, 'pom.xml');
  writeFileSync(pom, projectOf(artefacts, platform));
  await runTool(
    [maven, '-q', '-B', '-f', pom, 'dependency:copy-dependencies', '-DincludeScope=runtime', '-DoutputDirectory=lib'],
    { folder, env: { MAVEN_OPTS: `-Xmx384m ${process.env.MAVEN_OPTS ?? ''}` } },
  );
}

/** One file of Maven Central, `group:artefact:version[:type[:classifier]]`, into `folder`. */
export async function mavenFile(folder: string, id: string): Promise<void> {
  const maven = await mavenProgram();
  mkdirSync(folder, { recursive: true });
  await runTool([maven, '-q', '-B', 'dependency:copy', `-Dartifact=${id}`, `-DoutputDirectory=${folder}`], { folder });
}

async function mavenProgram(): Promise<string> {
  if (programOnPath('mvn') === undefined && mayInstallPackages())
    await withLock(join(cacheFolder(), 'debian.lock'), () => installPackages(['maven']));
  const found = programOnPath('mvn');
  if (found !== undefined) return found;
  throw new SetupFault('Maven (mvn) is needed to fetch this engine: install it and try again.');
}

function projectOf(artefacts: readonly Artefact[], platform: string | undefined): string {
  return [
    '<project><modelVersion>4.0.0</modelVersion><groupId>local</groupId><artifactId>engine</artifactId><version>1</version>',
    ...(platform === undefined
      ? []
      : [
          '<dependencyManagement><dependencies><dependency>',
          `${coordinates(platform)}<type>pom</type><scope>import</scope>`,
          '</dependency></dependencies></dependencyManagement>',
        ]),
    '<dependencies>',
    ...artefacts.map(({ id, exclude = [] }) => {
      const excluded = exclude.map((each) => `<exclusion>${coordinates(each)}</exclusion>`).join('');
      return `<dependency>${coordinates(id)}<exclusions>${excluded}</exclusions></dependency>`;
    }),
    '</dependencies></project>',
  ].join('\n');
}

function coordinates(id: string): string {
  const [group, artefact, version] = id.split(':');
  const name = `<groupId>${group}</groupId><artifactId>${artefact}</artifactId>`;
  return version === undefined ? name : `${name}<version>${version}</version>`;
}
