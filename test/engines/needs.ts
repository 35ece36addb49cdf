import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { balancerEngines } from '../../src/composition/balancers/port.ts';
import { type EngineName, engineNames } from '../../src/composition/local-engines/port.ts';

/** What a file of tests needs on the machine. */
export interface Needs {
  /** Running, the address in a variable of the environment. */
  readonly running: readonly EngineName[];
  /** Installed: the file starts its own. */
  readonly installed: readonly EngineName[];
}

const VARIABLE = /\bJANGTEO_TEST_([A-Z][A-Z_]*[A-Z])\b/g;
const OWN = /\b(?:ownEngine|startEngine)\(\s*'([a-z-]+)'/g;
/** Whoever starts a balancer tries all of them. */
const BALANCER = /\bstartBalancer\(/;
const SIDECAR = /\bstartSidecar\(/;
/** A file's harness speaks for it; what else it imports does not. */
const HARNESS = /from '(\.{1,2}\/[^']+-harness\.ts)'/g;

/** Under which name tests find the address of an engine. */
export function variableOf(name: EngineName): string {
  return `JANGTEO_TEST_${name.toUpperCase().replaceAll('-', '_')}`;
}

/**
 * Reads off a file, and the harnesses it imports, which engines it needs: those whose variable it names run when it does, those that
 * it starts itself are installed. Throws when it names one that there is not, or none at all.
 */
export function needsOf(file: string): Needs {
  const texts = [...textsOf(file, new Set())];
  const named = (pattern: RegExp) =>
    texts.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1] ?? ''));
  const running = named(VARIABLE).map((name) => known(file, name.toLowerCase().replaceAll('_', '-')));
  const balancers = texts.some((text) => BALANCER.test(text)) ? balancerEngines : [];
  const proxies = texts.some((text) => SIDECAR.test(text)) ? (['envoy'] as const) : [];
  const own = [...named(OWN).map((name) => known(file, name)), ...balancers, ...proxies];
  if (running.length + own.length === 0)
    throw new Error(`${file} needs no engine: it names no JANGTEO_TEST_… and starts none (test/engines/README.md)`);
  return { running: [...new Set(running)], installed: [...new Set([...running, ...own])] };
}

function* textsOf(file: string, seen: Set<string>): Generator<string> {
  if (seen.has(file) || !existsSync(file)) return;
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  yield text;
  for (const [, path = ''] of text.matchAll(HARNESS)) yield* textsOf(join(dirname(file), path), seen);
}

function known(file: string, name: string): EngineName {
  const found = engineNames.find((each) => each === name);
  if (found === undefined) throw new Error(`${file} asks for ${name}, which is none of ${engineNames.join(', ')}`);
  return found;
}
