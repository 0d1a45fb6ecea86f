// Bundles the program into dist/: code splitting keeps what a command does not need out of its start-up.
import { rm } from 'node:fs/promises';
import { build } from 'esbuild';

await rm(new URL('dist', import.meta.url), { recursive: true, force: true });
await build({
  absWorkingDir: import.meta.dirname,
  entryPoints: ['src/main.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20.17',
  format: 'esm',
  metafile: true,
  minifySyntax: true,
  // CommonJS dependencies call require(); an ES module has none of its own.
  banner: {
    js: 'import{createRequire as convoRequire}from"node:module";const require=convoRequire(import.meta.url);',
  },
  logLevel: 'warning',
}).then(async ({ metafile }) => {
  const { writeFile } = await import('node:fs/promises');
  await writeFile(new URL('dist/meta.json', import.meta.url), JSON.stringify(metafile));
});
