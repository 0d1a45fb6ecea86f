import type { Conversation, Message } from '../../core/conversation.ts';
import { inOrder, schemaOf } from '../../core/convert.ts';
import { type Document, readModel } from '../../core/document.ts';
import { Failure } from '../../core/errors.ts';
import type { Format, Kind } from '../../core/format.ts';
import { fromPointer, isObject, type JsonObject, setMember } from '../../core/json.ts';
import type { Ledger } from '../../core/ledger.ts';
import { noLedger } from '../../core/ledger.ts';
import { replace } from '../../core/member-path.ts';
import { makeMessage } from '../../core/parts.ts';
import { applySets } from '../documents/completeness.ts';
import type { ContentOptions } from './options.ts';

/** A document of a format with nothing in it yet; it may lack what its schema requires. */
export function emptyDocument(format: Format, kind: Kind): Document {
  return { format, kind, value: format.write({ convo: 1 }, kind, noLedger) };
}

/**
 * The document with the content of the flags, `--set` last.
 * @throws Failure `unsupported` for a flag that the format has no member for, `usage` for one that is misspelt.
 */
export function overlay(document: Document, options: ContentOptions): Document {
  const { format, kind } = document;
  const modelled = overlayModel(document, options);
  const placed = options.project === undefined ? modelled : placeProject(document, modelled, options.project);
  return { format, kind, value: applySets(placed, options.set ?? [], format, kind) };
}

/** Flags that the model has a field for go through it, so that they land where the document's spelling has them. */
function overlayModel(document: Document, options: ContentOptions): JsonObject {
  const { format, kind, value } = document;
  const entity = entityOf(format, options);
  const { title, message = [], metadata = [] } = options;
  if (title === undefined && entity === undefined && message.length === 0 && metadata.length === 0)
    return value;
  const model = readModel(document);
  const messages = message.map(parseMessage);
  const changed: Conversation = {
    ...model,
    ...(title !== undefined && { title }),
    ...(entity !== undefined && { agent: { ...model.agent, id: entity } }),
    ...(metadata.length > 0 && { metadata: withPairs(model.metadata, metadata) }),
    ...(messages.length > 0 && { messages: [...(model.messages ?? []), ...messages] }),
  };
  const fate = watchFate();
  const written = format.write(changed, kind, fate.ledger);
  for (const { typed, owners, field } of placesOf(options, changed, messages)) {
    if (owners.some((owner) => fate.arrived(owner, field))) continue;
    const reason = fate.reason(owners, field);
    // Metadata has its place, but not with a value like this.
    if (typed === '--metadata' && format.flags.metadata !== undefined) {
      throw new Failure(
        'invalid',
        `--metadata ${field} cannot be set: ${reason ?? 'its value does not fit'}`,
      );
    }
    throw unsupported(format, kind, typed, reason);
  }
  return inOrder(schemaOf(format, kind), written);
}

/** Where a flag's value stands in the model: whoever of the owners arrived in the output, the value did. */
interface Placed {
  readonly typed: string;
  readonly owners: readonly object[];
  readonly field: string;
}

function placesOf(
  options: ContentOptions,
  changed: Conversation,
  messages: readonly Message[],
): readonly Placed[] {
  const { title, agent, entity, metadata = [] } = options;
  const places: Placed[] = [];
  if (title !== undefined) places.push({ typed: '--title', owners: [changed], field: 'title' });
  if (entity !== undefined || agent !== undefined) {
    const typed = entity === undefined ? '--agent' : '--entity';
    places.push({ typed, owners: changed.agent ? [changed.agent] : [], field: 'id' });
  }
  for (const pair of metadata) {
    places.push({
      typed: '--metadata',
      owners: changed.metadata ? [changed.metadata] : [],
      field: keyOf(pair),
    });
  }
  for (const message of messages) {
    places.push({ typed: '--message', owners: [...(message.parts ?? []), message], field: 'text' });
  }
  return places;
}

function entityOf(format: Format, { agent, entity }: ContentOptions): string | undefined {
  if (entity !== undefined && format.flags.entity === undefined) {
    throw unsupported(format, 'request', '--entity', undefined);
  }
  if (agent !== undefined && entity !== undefined && agent !== entity) {
    throw new Failure('usage', '--agent and --entity name the same member and differ');
  }
  return entity ?? agent;
}

function unsupported(format: Format, kind: Kind, typed: string, reason: string | undefined): Failure {
  const because = reason === undefined ? '' : `: ${reason}`;
  return new Failure('unsupported', `${typed} has no place in the ${kind}s of ${format.title}${because}`, {
    hint: `see what they have with \`convo schema ${format.name}${kind === 'request' ? ' --request' : ''}\``,
  });
}

function placeProject({ format, kind }: Document, value: JsonObject, project: string): JsonObject {
  const pointer = format.flags.project;
  if (pointer === undefined || kind === 'record') throw unsupported(format, kind, '--project', undefined);
  return replace(value, fromPointer(pointer), project, schemaOf(format, kind));
}

const spokenBy = /^(user|assistant|system|developer):\s?(.*)$/s;

/** `role:text`; without a known role it is text said by `user`. */
export function parseMessage(typed: string): Message {
  const [, role = 'user', text = typed] = spokenBy.exec(typed) ?? [];
  if (text === '') throw new Failure('usage', '--message takes a text, and this one is empty');
  return makeMessage({ role }, [{ type: 'text', text }]);
}

function withPairs(present: unknown, pairs: readonly string[]): JsonObject {
  const metadata: JsonObject = isObject(present) ? { ...present } : {};
  for (const pair of pairs) setMember(metadata, keyOf(pair), pair.slice(keyOf(pair).length + 1));
  return metadata;
}

function keyOf(pair: string): string {
  const cut = pair.indexOf('=');
  if (cut > 0) return pair.slice(0, cut);
  throw new Failure('usage', `--metadata takes <key>=<value>, not ${JSON.stringify(pair)}`);
}

/** Tells which fields of a model a writer wrote. */
interface Fate {
  readonly ledger: Ledger;
  readonly arrived: (owner: object, field: string) => boolean;
  /** The first reason given for one of the owners' fields, or for an owner as a whole. */
  readonly reason: (owners: readonly object[], field: string) => string | undefined;
}

function watchFate(): Fate {
  const written = new Map<object, Set<string | number>>();
  const reasons = new Map<object, Map<string | number, string>>();
  let everything = false;
  const note = (owner: object, field: string | number): void => {
    written.set(owner, (written.get(owner) ?? new Set()).add(field));
  };
  return {
    ledger: {
      ...noLedger,
      carried: note,
      narrowed: note,
      others: () => void (everything = true),
      refused: (owner, field, reason) =>
        void reasons.set(
          owner,
          (reasons.get(owner) ?? new Map<string | number, string>()).set(field, reason),
        ),
    },
    arrived: (owner, field) => everything || written.get(owner)?.has(field) === true,
    reason: (owners, field) =>
      owners
        .flatMap((owner) => [reasons.get(owner)?.get(field), reasons.get(owner)?.get('$self')])
        .find((reason) => reason !== undefined),
  };
}
