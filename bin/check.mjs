#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { cloneFolder, prepare } from './setup/prepare.mjs';

const node = await prepare();
const checks = [
  ['format and lint', ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings']],
  ['types', ['node_modules/typescript/bin/tsc', '-p', '.']],
  ['types of the pages', ['node_modules/typescript/bin/tsc', '-p', 'web']],
  ['import rules', ['--test', '--test-reporter=dot', 'test/import-rules.test.ts']],
];

const failed = checks.filter(([name, args]) => {
  console.log(`check: ${name}`);
  return spawnSync(node, args, { cwd: cloneFolder, stdio: 'inherit' }).status !== 0;
});
console.log(failed.length === 0 ? 'All checks passed.' : `Failed: ${failed.map(([name]) => name).join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
