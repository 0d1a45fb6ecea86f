import type { Context } from '../../context.ts';
import type { Document } from '../../core/document.ts';
import { Failure } from '../../core/errors.ts';
import type { Provider } from '../../providers/provider.ts';
import { documentOf } from '../documents/document.ts';
import { readInput } from '../documents/input.ts';
import type { Session } from '../session.ts';

/**
 * Stores the conversations of these files, records and requests of any format. All are checked before the first is
 * stored; records that are there already stay as they are, and are counted in a warning.
 * @throws Failure `invalid` that names the place of the first problem.
 */
export async function seedStore(
  context: Context,
  files: readonly string[],
  provider: Provider,
  session: Session,
): Promise<void> {
  const documents: Document[] = [];
  for (const file of files) documents.push(...(await documentsIn(context, file)));
  let present = 0;
  for (const document of documents) if (!(await store(document, provider))) present += 1;
  if (present > 0) {
    await session.warn(
      `${present} of the ${documents.length} conversations to begin with were there already`,
    );
  }
}

async function documentsIn(context: Context, file: string): Promise<Document[]> {
  const { entries } = await readInput(context, file);
  const documents: Document[] = [];
  for await (const entry of entries) {
    documents.push(await documentOf(entry, { flag: 'convo convert --to convo --from' }));
  }
  return documents;
}

async function store(document: Document, provider: Provider): Promise<boolean> {
  try {
    await provider.create?.(document, { newId: false, dryRun: false });
    return true;
  } catch (error) {
    if (error instanceof Failure && error.code === 'conflict') return false;
    throw error;
  }
}
