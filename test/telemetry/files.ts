import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../../telemetry');
const RUNBOOKS = join(import.meta.dirname, '../../docs/runbooks');

/** A PromQL expression, and the file that it stands in. */
export interface Expression {
  readonly file: string;
  readonly expr: string;
}

/** The files of rules, in their text. */
export function ruleFiles(): readonly { readonly file: string; readonly text: string }[] {
  return globSync(join(FOLDER, 'rules', '*.yml'))
    .sort()
    .map((file) => ({ file: basename(file), text: readFileSync(file, 'utf8') }));
}

export interface Dashboard {
  readonly title: string;
  readonly uid: string;
  readonly panels: readonly {
    readonly id: number;
    readonly title: string;
    readonly type: string;
    readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
    readonly targets: readonly { readonly refId: string; readonly expr: string; readonly legendFormat: string }[];
  }[];
  readonly [more: string]: unknown;
}

export function dashboards(): readonly { readonly file: string; readonly dashboard: Dashboard }[] {
  return globSync(join(FOLDER, 'dashboards', '*.json'))
    .sort()
    .map((file) => ({ file: basename(file), dashboard: JSON.parse(readFileSync(file, 'utf8')) as Dashboard }));
}

/** The pages for people who are called, by the alert's name. */
export function runbooks(): ReadonlyMap<string, string> {
  return new Map(
    globSync(join(RUNBOOKS, '*.md'))
      .map((file) => [basename(file, '.md'), readFileSync(file, 'utf8')] as const)
      .filter(([name]) => name !== 'README'),
  );
}

/** Every expression of the rules: on the line of its key, or indented below it. */
export function ruleExpressions(): readonly Expression[] {
  return ruleFiles().flatMap(({ file, text }) =>
    [...text.matchAll(/^ +expr: (?:\|\n((?: {10}.*\n)+)|(.+)\n)/gm)].map(([, block, line]) => ({
      file,
      expr: (block ?? line ?? '').trim(),
    })),
  );
}

export function dashboardExpressions(): readonly Expression[] {
  return dashboards().flatMap(({ file, dashboard }) =>
    dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => ({ file, expr }))),
  );
}

const KEYWORDS = new Set(['and', 'or', 'unless', 'by', 'without', 'on', 'ignoring', 'bool', 'offset']);

/** The metrics that an expression asks for: every name that is neither a function, a keyword, a label nor text. */
export function metricsIn(expr: string): readonly string[] {
  const bare = expr
    .replace(/"[^"]*"/g, '')
    .replace(/\{[^}]*\}/g, ' ')
    .replace(/\[[^\]]*\]/g, ' ')
    .replace(/\b(by|without|on|ignoring)\s*\([^)]*\)/g, ' ');
  const names = [...bare.matchAll(/(?<![\w.:])([a-zA-Z_:][\w:]*)\b(?!\s*\()/g)].map(([, name]) => name ?? '');
  return [...new Set(names.filter((name) => !KEYWORDS.has(name)))];
}
