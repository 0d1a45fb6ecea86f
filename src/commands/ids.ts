import type { Context } from '../context.ts';

/** The ids named; `-` stands for those on stdin, one a line. Each is named once. */
export async function readIds(context: Context, ids: readonly string[]): Promise<readonly string[]> {
  const all: string[] = [];
  for (const id of ids) {
    if (id !== '-') {
      all.push(id);
      continue;
    }
    const text = new TextDecoder().decode(await context.stdin.read());
    all.push(...text.split(/\r?\n/).filter((line) => line.trim() !== ''));
  }
  return [...new Set(all)];
}
