import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** Packs the program, installs the tarball into an empty folder and returns the path of its launcher. */
export function installPacked(folder) {
  const packed = join(folder, 'packed');
  const installed = join(folder, 'installed');
  mkdirSync(packed);
  mkdirSync(installed);
  npm(root, 'pack', '--silent', '--pack-destination', packed);
  const [tarball] = readdirSync(packed);
  writeFileSync(join(installed, 'package.json'), '{"private":true}\n');
  npm(installed, 'install', '--silent', '--no-audit', '--no-fund', join(packed, tarball));
  return join(installed, 'node_modules/convo/bin/convo.js');
}

function npm(directory, ...words) {
  execFileSync('npm', words, { cwd: directory, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** The environment of the program: nothing of the user's, and no certificates, which Node 20 reads at every start. */
export function environmentFor(folder, data) {
  const { NODE_EXTRA_CA_CERTS: _, NODE_OPTIONS: __, CONVO_PROVIDER: ___, ...environment } = process.env;
  return {
    ...environment,
    HOME: folder,
    CONVO_DATA_DIR: join(folder, data),
    CONVO_CONFIG_DIR: join(folder, 'config'),
  };
}
