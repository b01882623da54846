import type { Services } from '../context.ts';

/** What is known of the accounts of people, read before a decision that needs two of them. */
export interface Accounts {
  /**
   * Why this person is not a second one beside `hands`, who made, asked for or approved the same thing; null where they
   * are. `you` begins the sentence for somebody who is among them: "You proposed this draft".
   */
  whyNotSecond(userId: string, hands: readonly string[], you: string): string | null;
}

/** Reads the accounts. The one function that every rule of two people asks. */
export async function accountsOf(_services: Pick<Services, 'store'>): Promise<Accounts> {
  return {
    whyNotSecond: (userId, hands, you) => (hands.includes(userId) ? `${you}. Somebody else decides.` : null),
  };
}
