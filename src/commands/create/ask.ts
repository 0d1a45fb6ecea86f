import { schemaOf } from '../../core/convert.ts';
import type { Document } from '../../core/document.ts';
import { assign, schemaAt } from '../../core/member-path.ts';
import { showPath } from '../../core/path.ts';
import type { Prompter } from '../../platform/prompter.ts';
import { missingIn } from '../documents/completeness.ts';
import type { CreateOptions } from './index.ts';

/** Asks what a new conversation is to hold, when nothing was given. */
export async function askForContent(prompter: Prompter, options: CreateOptions): Promise<CreateOptions> {
  const title = await prompter.text('Title (may be empty):');
  const message = await prompter.text('First message (may be empty):');
  return { ...options, ...(title !== '' && { title }), ...(message !== '' && { message: [message] }) };
}

/** Asks for each required member that is missing, until nothing is. */
export async function askForMissing(document: Document, prompter: Prompter): Promise<Document> {
  const { format, kind } = document;
  const schema = schemaOf(format, kind);
  let { value } = document;
  const asked = new Set<string>();
  for (;;) {
    const next = missingIn({ format, kind, value }).find((problem) => !asked.has(showPath(problem.path)));
    if (!next) return { format, kind, value };
    const name = showPath(next.path);
    asked.add(name);
    const path = next.path.map(String);
    const meaning = schemaAt(schema, value, path)?.documentation.description;
    const alternative = next.expected.includes(' or ');
    const question = meaning === undefined ? `${name}:` : `${name} (${meaning.replace(/\.$/, '')}):`;
    const answer = await prompter.text(question, { required: !alternative });
    if (answer !== '') value = assign(value, path, answer, schema);
  }
}
