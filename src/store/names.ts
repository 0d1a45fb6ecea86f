const PLAIN = /^[a-z0-9][a-z0-9_-]{0,80}$/;
const RESERVED_BY_WINDOWS = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Where a conversation lives: `<shard>/<name>`, without `.json`. The name is the id itself if it is safe in every
 * file system, else what is safe of it, `~` and a digest; no two ids share one. No id leads out of its shard.
 */
export async function fileOf(id: string): Promise<string> {
  const digest = await digestOf(id);
  const isPlain = PLAIN.test(id) && !RESERVED_BY_WINDOWS.test(id);
  return `${digest.slice(0, 2)}/${isPlain ? id : `${slugOf(id)}~${digest.slice(0, 32)}`}`;
}

/** SHA-256 of the id's UTF-8, in hex. Ids that UTF-8 cannot tell apart are spelled as JSON first. */
export async function digestOf(id: string): Promise<string> {
  // Loaded late: a list that reads its index needs no hashing, and the module costs milliseconds.
  const { sha256 } = await import('./digest.ts');
  return sha256(LONE_SURROGATE.test(id) ? JSON.stringify(id) : id);
}

function slugOf(id: string): string {
  return id
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]+/g, '-')
    .replace(/^[_-]+/, '')
    .slice(0, 40);
}

/** The two hex digits a file lives under. */
export function shardOf(file: string): string {
  return file.slice(0, 2);
}

/** The name within the shard, without `.json`. */
export function nameOf(file: string): string {
  return file.slice(3);
}

/** All 256, in order. */
export const shards: readonly string[] = Array.from({ length: 256 }, (_, index) =>
  index.toString(16).padStart(2, '0'),
);
