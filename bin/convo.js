#!/usr/bin/env node
// CommonJS, as the folder's package.json says: loading Node's ES module loader would cost every start milliseconds.

// Node 22 and later keep compiled code between runs; Node 20 has no such function.
require('node:module').enableCompileCache?.();
require('../dist/main.cjs');
