import type { Conversation } from '../core/conversation.ts';
import type { Document } from '../core/document.ts';
import { digestOf, digestOfText } from './digest.ts';
import { createDigestTable } from './digest-table.ts';

/** What a source record is known by in the journal of a destination. */
export interface SourceKey {
  readonly key: string;
  /** Of the record as it was given. */
  readonly digest: string;
}

/** What a record of an input is known by. */
export interface InputKey extends SourceKey {
  /** Whether a record before it, and not the same one, has the same key. */
  readonly isOther: boolean;
}

/** Keys for the records of one input, asked for in the order of the input. */
export interface InputKeys {
  readonly keyOf: (document: Document, model: Pick<Conversation, 'id'>) => InputKey;
}

/**
 * A record with an id is known by it and its system; anything else by what it holds, and by how many that held the
 * same came before it. The command line has no part in it.
 */
export function inputKeys(destination: string): InputKeys {
  const counts = createDigestTable();
  // 48 bits of the digest of the first record with each key: they tell it from any other.
  const firsts = createDigestTable();
  const prefix = prefixOf(destination);
  return {
    keyOf({ format, kind, value }, { id }) {
      const digest = digestOf(value);
      if (kind === 'record' && id !== undefined && id !== '') {
        const key = `${prefix} record ${format.system} ${id}`;
        const own = Buffer.from(digest, 'base64url').readUIntBE(0, 6);
        const first = firsts.get(key) ?? own;
        if (first === own) firsts.set(key, own);
        return { key, digest, isOther: first !== own };
      }
      const before = counts.get(digest) ?? 0;
      counts.set(digest, before + 1);
      return { key: `${prefix} ${kind} ${format.system} ${digest} ${before}`, digest, isOther: false };
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
