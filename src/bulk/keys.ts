import type { Conversation } from '../core/conversation.ts';
import type { Document } from '../core/document.ts';
import { digestOf, digestOfText } from './digest.ts';

/** What a source record is known by in the journal of a destination. */
export interface SourceKey {
  readonly key: string;
  /** Of the record as it was given. */
  readonly digest: string;
}

/** Keys for the records of one input, asked for in the order of the input. */
export interface InputKeys {
  readonly keyOf: (document: Document, model: Pick<Conversation, 'id'>) => SourceKey;
}

/**
 * A record with an id is known by it and its system; anything else by what it holds, and by how many that held the
 * same came before it. The command line has no part in it.
 */
export function inputKeys(destination: string): InputKeys {
  const counts = new Map<string, number>();
  const prefix = prefixOf(destination);
  return {
    keyOf({ format, kind, value }, { id }) {
      const digest = digestOf(value);
      if (kind === 'record' && id !== undefined && id !== '') {
        return { key: `${prefix} record ${format.system} ${id}`, digest };
      }
      const before = counts.get(digest) ?? 0;
      counts.set(digest, before + 1);
      return { key: `${prefix} ${kind} ${format.system} ${digest} ${before}`, digest };
    },
  };
}

/** The key of a conversation that is copied from one place to another, both by their identities. */
export function copyKey(destination: string, source: string, id: string): string {
  return `${prefixOf(destination)} copy ${digestOfText(source).slice(0, 12)} ${id}`;
}

/** A journal of the user's own may serve several destinations. */
function prefixOf(destination: string): string {
  return digestOfText(destination).slice(0, 12);
}
