import { JournalFailure } from './journal.ts';

/**
 * Waits for the journal where what became of a conversation is more than that it could not be written down: the run
 * ends for that reason as soon as it has been told.
 */
export async function quietly(noting: Promise<void>): Promise<void> {
  try {
    await noting;
  } catch (error) {
    if (!(error instanceof JournalFailure)) throw error;
  }
}
