#!/usr/bin/env node
import module from 'node:module';

// Libraries in the bundle that are no ES modules call require(); an ES module has none of its own.
globalThis.require = module.createRequire(import.meta.url);
// Node 22 and later keep compiled code between runs; Node 20 has no such function.
module.enableCompileCache?.();
await import('../dist/main.js');
