import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const repository = join(import.meta.dirname, '../..');

/** Builds dist/ if it is not there or older than what it is made from. vitest calls it before the tests of test/cli. */
export function setup(): void {
  const built = join(repository, 'dist/meta.json');
  const builtAt = existsSync(built) ? statSync(built).mtimeMs : 0;
  const sources = ['build.js', 'package.json', ...filesIn('src')];
  if (sources.every((file) => statSync(join(repository, file)).mtimeMs <= builtAt)) return;
  execFileSync(process.execPath, ['build.js'], { cwd: repository, stdio: ['ignore', 'ignore', 'inherit'] });
}

function filesIn(directory: string): string[] {
  return readdirSync(join(repository, directory), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(repository.length + 1));
}
