#!/usr/bin/env node
import { prepare } from './setup/prepare.mjs';
import { runProgram } from './setup/run-program.mjs';

const node = await prepare({ pages: true });
await runProgram(node, 'test/faults/main.ts', process.argv.slice(2));
