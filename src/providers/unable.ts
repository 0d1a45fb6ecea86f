import { Failure } from '../core/errors.ts';
import type { Operation, Provider } from './provider.ts';

const doing: Readonly<Record<Operation, string>> = {
  create: 'create conversations',
  show: 'show conversations',
  list: 'list conversations',
  update: 'change conversations',
  append: 'add messages',
  delete: 'delete conversations',
};

/** What is said where a place does not have an operation: its reason, with exit 6. */
export function unable(provider: Provider, operation: Operation): Failure {
  const reason = provider.cannot[operation] ?? `${provider.title} cannot ${doing[operation]}`;
  return new Failure('unsupported', reason);
}

/** What is said of a conversation that is to get the rest of its messages, and has others than it was given. */
export function otherMessages(id: string, { title, name }: Pick<Provider, 'title' | 'name'>): Failure {
  const message = `${id} at ${title} has other messages than it was given, so that none were added`;
  return new Failure('conflict', message, {
    hint: `see it with \`convo show ${id} -p ${name}\`; to make another beside it take another --journal`,
  });
}

/** What a place says of an id it does not have. */
export function notFound(id: string, place: string): Failure {
  return new Failure('not_found', `there is no conversation ${JSON.stringify(id)} in ${place}`, { id });
}
