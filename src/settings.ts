import * as z from 'zod/mini';
import { Failure } from './core/errors.ts';
import type { JsonValue } from './core/json.ts';
import { once } from './core/once.ts';
import { showPath } from './core/path.ts';
import { field, object, optional, type Schema } from './core/schema/build.ts';
import { problemsOf } from './core/schema/problems.ts';

const providerName = z.string().check(z.regex(/^[a-zA-Z0-9][a-zA-Z0-9_-]*$/));

const configured = () =>
  object({
    system: field(z.literal(['local']), 'Where the conversations are: `local`, a store of JSON files.'),
    dir: field(optional(z.string()), 'The directory of a local store.'),
  });

/** What the configuration file may hold. */
export const settings = once(() =>
  object({
    provider: field(
      optional(z.string()),
      'The provider to use when neither -p nor CONVO_PROVIDER names one.',
    ),
    providers: field(
      optional(z.record(providerName, configured())),
      'Providers by the name you give them; `local` is always there.',
    ),
  }),
);

export type Settings = z.infer<ReturnType<typeof settings>>;

/** The settings of a parsed file. @throws Failure `usage` that names the file and what is wrong in it. */
export function checkSettings(value: JsonValue, file: string): Settings {
  const result = settings().safeParse(value);
  if (result.success) return result.data;
  const [first] = problemsOf(asSchema(settings()), value, { warnings: false });
  const where = first ? `${showPath(first.path)}: ${first.message}` : 'it is not valid';
  throw new Failure('usage', `the configuration ${file} cannot be used: ${where}`, {
    hint: 'mend it, or see `convo config set --help`',
  });
}

function asSchema(schema: Schema): Schema {
  return schema;
}
