import * as z from 'zod/mini';
import type { Kind } from '../../core/format.ts';
import { once } from '../../core/once.ts';
import { field, nullish, object, openEnum, optional, type Schema } from '../../core/schema/build.ts';
import { bounded, byType, list, maxText, someText } from './limits.ts';
import { allowedCallers } from './members.ts';
import { environmentTable } from './shell.ts';

const maxFiles = 50;
const maxSkills = 200;
/** Characters of a skill sent as a base64 text. */
const maxSkillData = 70_254_592;

/** Tools that run code or change files, and what they run in. */
export function shellToolTable(kind: Kind): Record<string, () => Schema> {
  return {
    code_interpreter: once(() =>
      object({
        type: z.literal('code_interpreter'),
        container: field(
          z.union([
            z.string(),
            byType({ auto: once(() => object({ type: z.literal('auto'), ...container(kind) })) }),
          ]),
          'Id of the container, or what a new one is like.',
        ),
        allowed_callers: allowedCallers(kind),
      }),
    ),
    shell: once(() =>
      object({
        type: z.literal('shell'),
        environment: field(nullish(shellEnvironment(kind)), 'Where commands run.'),
        allowed_callers: allowedCallers(kind),
      }),
    ),
    apply_patch: once(() =>
      object({ type: z.literal('apply_patch'), allowed_callers: allowedCallers(kind) }),
    ),
  };
}

function shellEnvironment(kind: Kind): Schema {
  return byType({
    ...environmentTable,
    container_auto: once(() =>
      object({
        type: z.literal('container_auto'),
        ...container(kind),
        skills: field(optional(list(kind, containerSkill(kind), { max: maxSkills })), 'Skills at hand.'),
      }),
    ),
  });
}

function container(kind: Kind): Record<string, Schema> {
  return {
    file_ids: field(optional(list(kind, z.string(), { max: maxFiles })), 'Ids of the files at hand.'),
    memory_limit: field(nullish(openEnum('1g', '4g', '16g', '64g')), 'Most memory.'),
    network_policy: field(optional(networkPolicy(kind)), 'What of the network is reached.'),
  };
}

function networkPolicy(kind: Kind): Schema {
  return byType({
    disabled: once(() => object({ type: z.literal('disabled') })),
    allowlist: once(() =>
      object({
        type: z.literal('allowlist'),
        allowed_domains: field(list(kind, z.string(), { min: 1 }), 'The domains that are reached.'),
        domain_secrets: field(optional(list(kind, secret(kind), { min: 1 })), 'Secrets for some of them.'),
      }),
    ),
  });
}

function secret(kind: Kind): Schema {
  return object({
    domain: field(someText(kind), 'The domain it is for.'),
    name: field(someText(kind), 'Name of the secret.'),
    value: field(bounded(kind, maxText, 1), 'The secret.'),
  });
}

function containerSkill(kind: Kind): Schema {
  return byType({
    skill_reference: once(() =>
      object({
        type: z.literal('skill_reference'),
        skill_id: field(bounded(kind, 64, 1), 'Id of the skill.'),
        version: field(optional(z.string()), 'Its version: a number, or `latest`.'),
      }),
    ),
    inline: once(() =>
      object({
        type: z.literal('inline'),
        name: field(z.string(), 'Name of the skill.'),
        description: field(z.string(), 'What it is for.'),
        source: field(skillSource(kind), 'The skill itself.'),
      }),
    ),
  });
}

function skillSource(kind: Kind): Schema {
  return byType({
    base64: once(() =>
      object({
        type: z.literal('base64'),
        media_type: field(openEnum('application/zip'), 'What the data is.'),
        data: field(bounded(kind, maxSkillData, 1), 'The data in base64.'),
      }),
    ),
  });
}
