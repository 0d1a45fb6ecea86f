import { Failure } from '../core/errors.ts';

/** What {@link readSource} needs of the world. */
export interface SourceFiles {
  readonly readFile: (path: string) => Promise<Uint8Array>;
  readonly stdin: () => Promise<Uint8Array>;
}

/** How a source is named to people: `-` is `<stdin>`, a file as it was typed. */
export function sourceName(path: string): string {
  return path === '-' ? '<stdin>' : path;
}

/** The bytes of a file, or of stdin for `-`. Throws the Failure `unreadable`, which names the file. */
export async function readSource(path: string, files: SourceFiles): Promise<Uint8Array> {
  try {
    return path === '-' ? await files.stdin() : await files.readFile(path);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw unreadable(path, error);
  }
}

function unreadable(path: string, cause: unknown): Failure {
  const name = sourceName(path);
  switch (errorCode(cause)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new Failure('unreadable', `there is no file ${name}`, { cause });
    case 'EISDIR':
      return new Failure('unreadable', `${name} is a directory, not a file`, { cause });
    case 'EACCES':
    case 'EPERM':
      return new Failure('unreadable', `${name} cannot be read: permission denied`, { cause });
    default:
      return new Failure('unreadable', `${name} cannot be read: ${messageOf(cause)}`, { cause });
  }
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
