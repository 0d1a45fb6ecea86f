import type { Shelf } from '../../../serve/shelf.ts';
import { type ServedSession, sessionsOf } from './sessions.ts';

/** The sessions of all conversations. */
export interface SessionShelf {
  readonly find: (id: string) => Promise<ServedSession | undefined>;
  /** Those of one conversation, or of all. */
  readonly list: (conversationId: string | undefined) => Promise<ServedSession[]>;
}

/** Where sessions were seen; more are looked for again. */
const MOST_REMEMBERED = 200_000;

/** Remembers which conversation a session was seen in, so that its transcript is not looked for in all of them. */
export function openSessionShelf(shelf: Shelf): SessionShelf {
  const owners = new Map<string, string>();
  const remember = (sessions: readonly ServedSession[], conversationId: string): void => {
    if (owners.size + sessions.length > MOST_REMEMBERED) owners.clear();
    for (const { id } of sessions) if (!owners.has(id)) owners.set(id, conversationId);
  };
  const ofConversation = async (id: string): Promise<ServedSession[]> => {
    const shelved = await shelf.find(id);
    return shelved ? sessionsOf(shelved) : [];
  };
  return {
    async find(id) {
      const owner = owners.get(id);
      const there = owner === undefined ? [] : await ofConversation(owner);
      const known = there.find((session) => session.id === id);
      if (known) return known;
      owners.delete(id);
      for await (const shelved of shelf.list({ sort: 'created', order: 'desc' })) {
        const sessions = sessionsOf(shelved);
        remember(sessions, shelved.id);
        const found = sessions.find((session) => session.id === id);
        if (found) return found;
      }
      return undefined;
    },
    async list(conversationId) {
      if (conversationId !== undefined) {
        const sessions = await ofConversation(conversationId);
        remember(sessions, conversationId);
        return sessions;
      }
      const all: ServedSession[] = [];
      for await (const shelved of shelf.list({ sort: 'created', order: 'desc' })) {
        const sessions = sessionsOf(shelved);
        remember(sessions, shelved.id);
        for (const session of sessions) all.push(session);
      }
      return all;
    },
  };
}
