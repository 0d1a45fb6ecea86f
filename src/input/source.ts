import { Failure } from '../core/errors.ts';

/** What {@link readSource} needs of the world; `Content` is what it has for a file. */
export interface SourceFiles<Content> {
  readonly readFile: (path: string) => Promise<Content>;
  readonly stdin: () => Promise<Content>;
}

/** The bytes of an input, in pieces; an empty one says that the next makes wait. */
export type Chunks = AsyncIterable<Uint8Array>;

/** How a source is named to people: `-` is `<stdin>`, a file as it was typed. */
export function sourceName(path: string): string {
  return path === '-' ? '<stdin>' : path;
}

/**
 * The bytes of a file, or of stdin for `-`; what a file called `.gz` has in it. Throws the Failure `unreadable`, which
 * names the file, now or while the bytes are read.
 */
export async function openSource(path: string, files: SourceFiles<Chunks>): Promise<Chunks> {
  const chunks = await readSource(path, files);
  if (!/\.gz$/i.test(path)) return naming(path, chunks);
  const { gunzip } = await import('./gunzip.ts');
  return naming(path, gunzip(chunks));
}

async function* naming(path: string, chunks: Chunks): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (error) {
    throw error instanceof Failure ? error : unreadable(path, error);
  }
}

/** What there is for a file, or for stdin for `-`. Throws the Failure `unreadable`, which names the file. */
export async function readSource<Content>(path: string, files: SourceFiles<Content>): Promise<Content> {
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
    case 'Z_BUF_ERROR':
      return new Failure('unreadable', `${name} is cut off: its gzip data ends too early`, { cause });
    case 'Z_DATA_ERROR':
      return new Failure('unreadable', `${name} is no gzip file or a damaged one: ${messageOf(cause)}`, {
        cause,
      });
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
