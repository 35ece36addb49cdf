#!/usr/bin/env node
import { prepare } from './setup/prepare.mjs';
import { runProgram } from './setup/run-program.mjs';

const node = await prepare();
await runProgram(node, 'test/run-engines.ts', process.argv.slice(2));
