import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { test } from 'node:test';

/** The table of ARCHITECTURE.md, held. Test files may import what they like. */

const root = dirname(import.meta.dirname);

/** Files of the platform that anybody may share: ports, and pure code beside them that needs no process behind it. */
const OPEN_PLATFORM =
  /^src\/platform\/([a-z-]+\/port\.ts|event-store\/(aggregate|upcast)\.ts|views\/token\.ts|cache\/(codec|versioned-copies)\.ts|service\/settings\.ts|resilience\/|http\/|opensearch\/)/;
/** Suites and specifications: written to be used by tests. */
const FOR_TESTS = /(\.test|\.engines|-spec|conformance[a-z-]*|-harness)\.ts$/;
const PACKAGES_OF_WORDS = new Set(['typebox']);
/** What is behind the ports of telemetry is known there alone. */
const PACKAGES_OF_TELEMETRY = /^(@opentelemetry\/|prom-client$|pino$)/;
const PACKAGES_OF_RULES = new Set(['immutable']);
/** A service's rules are the files that hold these, and everything that those import in turn. */
const HOLDS_RULES = /:\s*(Decider|SagaDefinition|ViewDefinition)\b|satisfies (Decider|SagaDefinition|ViewDefinition)\b/;
const NAMED_RULES = /(^|\/)(decide|evolve)[a-z-]*\.ts$|\.(saga|view)\.ts$/;

interface Import {
  readonly file: string;
  readonly to: string;
}

const files = globSync('src/**/*.ts', { cwd: root }).filter((file) => !FOR_TESTS.test(file));
const texts = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
const imports = files.flatMap(importsOf);
const rules = rulesOfServices();

test('there is something to hold', () => {
  assert.ok(imports.length > 100, 'the imports of src were not found');
  for (const service of ['orders', 'cart', 'inventory', 'payments'])
    assert.ok(
      [...rules].some((file) => placeOf(file).folder === service),
      `no rules were found in ${service}`,
    );
});

test('every import keeps the table of ARCHITECTURE.md', () => {
  const broken = imports.filter((each) => !isAllowed(each)).map(({ file, to }) => `${file} must not import ${to}`);
  assert.deepEqual(broken, []);
});

test('the table refuses what it must', () => {
  rules.add('src/services/orders/made-up-rules.ts');
  const forbidden: Import[] = [
    { file: 'src/kernel/money.ts', to: 'src/contracts/shapes.ts' },
    { file: 'src/kernel/money.ts', to: 'node:fs' },
    { file: 'src/contracts/cart.ts', to: 'src/platform/storage/port.ts' },
    { file: 'src/contracts/cart.ts', to: 'fastify' },
    { file: 'src/platform/views/runner.ts', to: 'src/contracts/cart.ts' },
    { file: 'src/platform/views/runner.ts', to: 'src/platform/storage/memory.ts' },
    { file: 'src/services/orders/made-up-rules.ts', to: 'src/platform/storage/port.ts' },
    { file: 'src/services/orders/made-up-rules.ts', to: 'src/platform/service/settings.ts' },
    { file: 'src/services/orders/made-up-rules.ts', to: 'node:crypto' },
    { file: 'src/services/orders/service.ts', to: 'src/platform/service/service-harness.ts' },
    { file: 'src/services/orders/service.ts', to: '@opentelemetry/api' },
    { file: 'src/platform/sagas/runner.ts', to: '@opentelemetry/api' },
    { file: 'src/composition/compose.ts', to: 'prom-client' },
    { file: 'src/services/orders/service.ts', to: 'src/services/cart/cart.ts' },
    { file: 'src/services/orders/service.ts', to: 'src/platform/storage/memory.ts' },
    { file: 'src/integrations/carrier/client.ts', to: 'src/services/shipping/service.ts' },
    { file: 'src/edges/gateway.ts', to: 'src/services/cart/routes.ts' },
    { file: 'src/edges/mobile/mobile.ts', to: 'src/edges/web/session.ts' },
    { file: 'src/edges/showing/pipeline.ts', to: 'src/edges/web/page.ts' },
    { file: 'src/services/cart/service.ts', to: 'src/composition/compose.ts' },
  ];
  assert.deepEqual(forbidden.filter(isAllowed), []);
});

function importsOf(file: string): Import[] {
  const statements =
    /^(?:import|export)\b[^;'"]*?\bfrom\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]|^import\s+['"]([^'"]+)['"]/gm;
  return [...(texts.get(file) ?? '').matchAll(statements)].map((match) => {
    const specifier = match[1] ?? match[2] ?? match[3] ?? '';
    const to = specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : specifier;
    return { file, to };
  });
}

function isAllowed({ file, to }: Import): boolean {
  const from = placeOf(file);
  if (!to.startsWith('src/')) return isAllowedPackage(file, to);
  const target = placeOf(to);
  const isOwn = target.room === from.room && target.folder === from.folder;
  switch (from.room) {
    case 'kernel':
      return target.room === 'kernel';
    case 'contracts':
      return target.room === 'kernel' || target.room === 'contracts';
    case 'platform':
      return target.room === 'kernel' || isOwn || OPEN_PLATFORM.test(to);
    case 'services':
    case 'integrations':
    case 'edges':
      if (target.room === 'kernel' || target.room === 'contracts' || isOwn) return true;
      // Simulators stand for other companies; what a simulated company is made of is shared among them.
      if (file.includes('/simulator/') && to.startsWith('src/integrations/simulation/')) return true;
      // What pages and screens are put together with is shared among the edges.
      if (from.room === 'edges' && target.room === 'edges' && target.folder === 'showing') return true;
      return !rules.has(file) && OPEN_PLATFORM.test(to);
    default:
      return true;
  }
}

function isAllowedPackage(file: string, to: string): boolean {
  const { room, folder } = placeOf(file);
  if (room === 'kernel') return false;
  if (PACKAGES_OF_TELEMETRY.test(to)) return room === 'platform' && folder === 'telemetry';
  if (room === 'contracts') return PACKAGES_OF_WORDS.has(to);
  return !rules.has(file) || PACKAGES_OF_RULES.has(to);
}

function rulesOfServices(): Set<string> {
  const found = new Set<string>();
  const add = (file: string) => {
    if (found.has(file) || placeOf(file).room !== 'services') return;
    found.add(file);
    for (const { to } of importsOf(file)) add(to);
  };
  for (const file of files) if (NAMED_RULES.test(file) || HOLDS_RULES.test(texts.get(file) ?? '')) add(file);
  return found;
}

/** Where a file lives: `src/<room>/<folder>/…`; a file that lies in the room itself has no folder. */
function placeOf(path: string): { readonly room: string; readonly folder: string } {
  const [, room = '', ...rest] = path.split('/');
  return { room, folder: rest.length > 1 ? (rest[0] ?? '') : '' };
}
