import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const dist = join(import.meta.dirname, '../../dist');

interface BuiltFile {
  readonly file: string;
  readonly imports: readonly string[];
  readonly dynamicImports: readonly string[];
  readonly modules: readonly string[];
}

const files = new Map(readMeta().map((each) => [each.file, each]));

// What a start reads is what a start costs: these pin what is not among it.
describe('the bundle', () => {
  it('starts with commander and our own modules alone', () => {
    expect(packagesOf(loadedWith('main.cjs'))).toEqual(['commander']);
  });

  it('starts in one file', () => {
    expect([...loadedWith('main.cjs')]).toEqual(['main.cjs']);
  });

  it('lists without a package: no zod, conf, inquirer or cli-table3', () => {
    expect(packagesOf(loadedWith(fileOf('src/commands/list/run.ts')))).toEqual(['commander']);
  });

  it.each(['provider/list', 'provider/show', 'doctor/run'])(
    'needs nothing that talks to a system for %s',
    (work) => {
      expect(packagesOf(loadedWith(fileOf(`src/commands/${work}.ts`)))).toEqual(['commander']);
    },
  );

  it('knows the flags of all commands without a package', () => {
    expect(packagesOf(loadedWith(fileOf('src/commands/flags.ts')))).toEqual(['commander']);
  });

  it.each(['zod', 'conf', '@inquirer', 'cli-table3', 'ulid', 'hono', '@hono/node-server', 'got'])(
    '%s waits until it is needed',
    (name) => {
      const holders = [...files.values()].filter(({ modules }) =>
        modules.some((module) => module.includes(`node_modules/${name}/`)),
      );
      expect(holders.length).toBeGreaterThan(0);
      expect(holders.map(({ file }) => file)).not.toContain('main.cjs');
    },
  );

  it("never calls for Node's ES module loader, which takes longer to start than most commands run", () => {
    const texts = [...files.keys(), '../bin/convo.js'].map((file) => readFileSync(join(dist, file), 'utf8'));
    for (const text of texts) expect(text).not.toMatch(/\bimport\s*[("'`{*]/);
  });

  it('has no files that load each other', () => {
    for (const file of files.keys()) {
      const above = [...(files.get(file)?.imports ?? [])].flatMap((next) => [...loadedWith(next)]);
      expect(above, `what ${file} loads`).not.toContain(file);
    }
  });
});

function readMeta(): BuiltFile[] {
  const path = join(dist, 'meta.json');
  const meta: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (!Array.isArray(meta) || !meta.every(isBuiltFile))
    throw new Error(`${path} is not what build.js writes`);
  return meta;
}

function isBuiltFile(value: unknown): value is BuiltFile {
  return (
    typeof value === 'object' && value !== null && 'file' in value && 'imports' in value && 'modules' in value
  );
}

/** The file and all that is loaded with it, before any of it runs. */
function loadedWith(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file) || !files.has(file)) return found;
  found.add(file);
  for (const next of files.get(file)?.imports ?? []) loadedWith(next, found);
  return found;
}

function fileOf(module: string): string {
  const holder = [...files.values()].find(({ modules }) => modules.includes(module));
  if (!holder) throw new Error(`no file of the bundle holds ${module}`);
  return holder.file;
}

function packagesOf(names: Set<string>): string[] {
  const modules = [...names].flatMap((name) => files.get(name)?.modules ?? []);
  const packages = modules.flatMap((module) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(module)?.[1] ?? []);
  return [...new Set(packages)].toSorted();
}
