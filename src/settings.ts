import * as z from 'zod/mini';
import { Failure } from './core/errors.ts';
import type { JsonValue } from './core/json.ts';
import { once } from './core/once.ts';
import { showPath } from './core/path.ts';
import { field, object, optional, type Schema } from './core/schema/build.ts';
import { problemsOf } from './core/schema/problems.ts';
import { isKeyPlace } from './providers/key.ts';

const PROVIDER_NAME = /^[a-zA-Z0-9][a-zA-Z0-9_-]*$/;

/** Whether a provider may be called this: letters, digits, - and _, of which the last two not at its beginning. */
export function isProviderName(name: string): boolean {
  return PROVIDER_NAME.test(name);
}

/** A day. No timer of Node's can be set for more than some weeks: one that is runs out at once. */
const LONGEST_TIMEOUT_SECONDS = 86_400;

const providerName = z.string().check(z.regex(PROVIDER_NAME));

/** The key itself has no place in a file that people copy, show and commit. */
const keyPlace = () =>
  z.string().check((payload) => {
    if (!isKeyPlace(payload.value)) {
      payload.issues.push({
        code: 'custom',
        params: { expected: 'env:NAME, command:… or file:…', secret: true },
        input: payload.value,
      });
    }
  });

const configured = () =>
  object({
    system: field(
      z.enum(['local', 'openai', 'orq', 'looker', 'syllable']),
      'Where the conversations are: `local`, a store of JSON files, or a system.',
    ),
    dir: field(optional(z.string()), 'The directory of a local store.'),
    url: field(optional(z.string()), 'The address of the system.'),
    key: field(
      optional(keyPlace()),
      'Where its key is: `env:NAME`, `command:…` (what it prints) or `file:…`, readable by its owner alone.',
    ),
    client_id: field(optional(z.string()), 'The client id that goes with the key, for Looker.'),
    organization: field(optional(z.string()), 'The organization, for OpenAI.'),
    project: field(optional(z.string()), 'The project, for OpenAI and for new conversations at Orq.ai.'),
    entity: field(optional(z.string()), 'The entity whose conversations are meant, for Orq.ai.'),
    generation: field(optional(z.enum(['4.1', '4.2'])), 'The version of the API, for Orq.ai.'),
    timeout: field(
      optional(z.number().check(z.positive(), z.maximum(LONGEST_TIMEOUT_SECONDS))),
      'How many seconds an answer may take, a day (86400) at most; 120 if absent.',
    ),
    retries: field(
      optional(z.int().check(z.nonnegative())),
      'How often a failed request is tried again; 3 if absent.',
    ),
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
export type ConfiguredProvider = z.infer<ReturnType<typeof configured>>;

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
