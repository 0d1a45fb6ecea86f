// Bundles the program into dist/. Code splitting keeps what a command does not need out of its start-up.
import { rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

const root = import.meta.dirname;

/** commander can run subcommands as programs of their own; ours are not, and node:child_process is slow to load. */
const withoutChildProcesses = {
  name: 'without-child-processes',
  setup(bundle) {
    bundle.onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      importer.includes('commander') ? { path: 'child_process', namespace: 'none' } : undefined,
    );
    bundle.onLoad({ filter: /.*/, namespace: 'none' }, () => ({ contents: 'module.exports = {};' }));
  },
};

await rm(`${root}/dist`, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['src/main.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20.17',
  format: 'esm',
  metafile: true,
  minifySyntax: true,
  minifyWhitespace: true,
  plugins: [withoutChildProcesses],
  logLevel: 'warning',
});
await writeFile(`${root}/dist/meta.json`, JSON.stringify(metafile));
