// Bundles the program into dist/.
//
// Start-up is what the shape of the bundle is for. What runs together lies in one file, as each file costs a read
// and a resolution; what a command does not need lies in another. The files are CommonJS, which Node 20 loads
// faster than ES modules. Names are kept short, as V8 reads every byte of a file it loads.
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { rolldown } from 'rolldown';

const root = import.meta.dirname;

/** Which source files lie together; the first group that matches a file has it, any other file may be alone. */
const groups = [
  ['prompts', /node_modules\/(@inquirer|fast-string|fast-wrap|mute-stream|cli-width)/],
  ['progress', /node_modules\/cli-progress/],
  // Also the widths of progress bars: the runtime of the bundle stays in main as long as each file that needs it loads
  // main anyway.
  [
    'table',
    /cli-table3|string-width|ansi-regex|strip-ansi|emoji-regex|is-fullwidth|@colors|src\/output\/(table|transcript)\.ts/,
  ],
  [
    'main',
    /none\.cjs|rolldown.runtime|commander|package\.json|src\/(main|program|context)\.ts|src\/commands\/index\.ts|src\/platform\/(streams|directories|chunks)\.ts|src\/core\/(errors|nearest)\.ts|src\/output\/style\.ts/,
  ],
  [
    'serve',
    /node_modules\/(hono|@hono)|src\/serve\/(?!faults\/help)|src\/systems\/[a-z]+\/server|src\/commands\/serve\/(run|seed|announce|address)|src\/platform\/http-server/,
  ],
  // What is known of a system and of an account there before anything is sent.
  [
    'accounts',
    /src\/providers\/(account|place|systems)\.ts|src\/systems\/[a-z]+\/client\/(index|ini)\.ts|src\/http\/(address|retry)\.ts/,
  ],
  [
    'remote',
    /node_modules\/(got|@sindresorhus|@szmarczak|cacheable|keyv|@keyv|buffer|decompress|form-data|http2|http-cache|quick-lru|resolve-alpn|lowercase|p-cancelable|responselike|mimic-response|normalize-url|get-stream|json-buffer|defer-to|byte-counter|is-stream|@sec-ant)|src\/http|src\/providers\/(open-remote|remembered|keyed|planned|wanted|skew)/,
  ],
  [
    'place-flags',
    /src\/commands\/place-flags\.ts|src\/serve\/faults\/help\.ts|src\/commands\/(serve|provider|doctor)\/index\.ts/,
  ],
  ['flags', /src\/commands\/(options|flags)\.ts|src\/commands\/[a-z]+\/(index|options|keys)\.ts/],
  [
    'list',
    /src\/store\/(?!digest)|src\/platform\/(store-host|settings)\.ts|src\/providers\/(open|local|unable)\.ts|src\/core\/(json|once|summary|time|document|accounting|key-map|object-map|ledger|path|parts)\.ts|src\/core\/json|src\/output\/(batch|cell|details|json|sink|csv|losses|diagnostics|terminal-text|width|columns)\.ts|src\/commands\/(session|failures|ids)\.ts|src\/commands\/list\/(run|columns|filter|rows)\.ts|src\/formats\/index\.ts|src\/(systems|formats)\/[a-z]+\/index\.ts/,
  ],
  // What it takes to do many at once.
  [
    'bulk',
    /src\/bulk|src\/providers\/identity\.ts|src\/commands\/bulk\/(?!losses)|src\/commands\/copy|src\/commands\/create\/(many|plan-many)\.ts/,
  ],
  ['validate', /src\/commands\/validate\/(?!index)/],
  [
    'documents',
    /node_modules\/(zod|ulid)|src\/core|src\/input\/(?!gunzip)|src\/formats\/convo|src\/output\/text-bytes\.ts|src\/platform\/world\.ts|src\/providers\/(local-writes|checks)\.ts|src\/commands\/(work|plan)\.ts|src\/commands\/bulk\/losses\.ts|src\/commands\/(create|update|append|convert|documents|content|show|delete|list)/,
  ],
  ...['openai', 'orq', 'looker', 'syllable'].map((system) => [
    system,
    new RegExp(`src/systems/${system}/(?!server/|client/)`),
  ]),
  // Also signal-exit, which the prompts use, for the same reason.
  ['conf', /node_modules|when-exit|src\/settings\.ts/],
];

/** commander can run subcommands as programs of their own; ours are not, and node:child_process is slow to load. */
const withoutChildProcesses = {
  name: 'without-child-processes',
  resolveId: (id, importer) =>
    id === 'node:child_process' && importer?.includes('commander') ? '\0none.cjs' : undefined,
  load: (id) => (id === '\0none.cjs' ? 'module.exports = {};' : undefined),
};

/**
 * What conf writes files with asks when-exit to clean up at the end. That takes every signal for itself and kills the
 * process with it at once, before what is under way could end well and say how to go on. The program ends by itself
 * after a signal, so the event of its end is enough.
 */
const onlyAtExit = {
  name: 'only-at-exit',
  resolveId: (id) => (id === 'when-exit' ? '\0when-exit.js' : undefined),
  load: (id) => (id === '\0when-exit.js' ? WHEN_EXIT : undefined),
};
const WHEN_EXIT = `export default (callback) => {
  process.on('exit', callback);
  return () => process.off('exit', callback);
};`;

/**
 * A table is laid out without colours and with stand-ins of ASCII, as src/output/table.ts says. It needs nothing that
 * colours, and for widths no tables of emoji and no expressions as long as a page, which a first table would wait for.
 */
const plainTables = {
  name: 'plain-tables',
  resolveId: (id, importer) =>
    importer?.includes('cli-table3') && id in PLAIN_TABLES ? `\0${id}.cjs` : undefined,
  load: (id) => PLAIN_TABLES[id.slice(1, -'.cjs'.length)],
};
const PLAIN_TABLES = {
  'string-width': 'module.exports = (text) => text.length;',
  '@colors/colors/safe': 'module.exports = {};',
};

const bundle = await rolldown({
  cwd: root,
  input: { main: 'src/main.ts' },
  platform: 'node',
  transform: { target: 'node20.17' },
  preserveEntrySignatures: false,
  plugins: [withoutChildProcesses, onlyAtExit, plainTables],
  // Some files are both loaded later and part of a file that is there already; that is what the groups are for.
  checks: { ineffectiveDynamicImport: false },
});
const { output } = await bundle.write({
  dir: 'dist',
  cleanDir: true,
  format: 'cjs',
  entryFileNames: '[name].cjs',
  chunkFileNames: '[name]-[hash].cjs',
  minify: true,
  comments: false,
  codeSplitting: {
    includeDependenciesRecursively: false,
    groups: groups.map(([name, test], index) => ({ name, test, priority: groups.length - index })),
  },
});

/** Threads of their own begin with a file that has all they need: what the program has loaded is not theirs. */
const threads = await rolldown({
  cwd: root,
  input: { worker: 'src/worker.ts' },
  platform: 'node',
  transform: { target: 'node20.17' },
  checks: { ineffectiveDynamicImport: false },
});
await threads.write({
  dir: 'dist',
  format: 'cjs',
  entryFileNames: '[name].cjs',
  minify: true,
  comments: false,
  codeSplitting: false,
});

/** What each file of the bundle holds and loads: the tests read it to keep start-up as it is. */
const files = output.map(({ fileName, imports, dynamicImports, moduleIds }) => ({
  file: fileName,
  imports,
  dynamicImports,
  modules: moduleIds?.map((id) => id.replace(`${root}/`, '')),
}));
refuseCycles(new Map(files.map(({ file, imports }) => [file, imports])));
await writeFile(`${root}/dist/meta.json`, `${JSON.stringify(files, null, 1)}\n`);

/** The completion scripts are written once, from the flags as they are, so that a shell need not wait for them. */
await mkdir(`${root}/dist/completions`);
for (const shell of ['bash', 'zsh', 'fish', 'powershell']) {
  const { stdout } = await promisify(execFile)(process.execPath, ['bin/convo.js', 'completion', shell], {
    cwd: root,
  });
  await writeFile(`${root}/dist/completions/${shell}`, stdout);
}

/** Two files that load each other would see each other half made. */
function refuseCycles(imports, file = 'main.cjs', above = []) {
  if (above.includes(file)) throw new Error(`files load each other: ${[...above, file].join(' > ')}`);
  const starts = above.length === 0 ? [...imports.keys()] : [file];
  for (const start of starts) {
    for (const next of imports.get(start) ?? []) refuseCycles(imports, next, [...above, start]);
  }
}
