import type { Keeping } from '../../core/format.ts';

/** Conversations come about in Syllable's own channels; its API only lists them. */
export const keeping: Keeping = {
  cannot: {
    create: 'Syllable has no operation that creates a conversation',
    update: 'Syllable has no operation that changes a conversation',
    append: 'Syllable has no operation that adds to a conversation',
  },
};
