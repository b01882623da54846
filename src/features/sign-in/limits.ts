import {
  addAttempts,
  clearAttempts,
  countAttempts,
  isKnownNetwork,
  lockAttempts,
  takeBackAttempt,
} from '#store/identity/attempts.ts';
import type { Services } from '../context.ts';
import { tooMany } from '../problems.ts';
import { keyOf, networkOf } from '../shared/network.ts';

const MINUTE = 60_000;
/** How far back wrong guesses count, and the longest wait, in milliseconds. */
const WINDOW = 60 * MINUTE;
const LONGEST = 15 * MINUTE;
/**
 * Wrong guesses that cost no wait: for one account from one network, for all accounts from one network, and for one
 * account from all networks together that its person never signed in from, by what is guessed.
 */
const FREE = {
  account: 5,
  network: 30,
  elsewhere: { code: 10, password: 50, proof: 10 },
} as const;

/** One secret that someone tries to guess. */
export interface Guess {
  readonly what: 'password' | 'code' | 'proof';
  /** The email address that was typed, or the id of the person once known. */
  readonly account: string;
  /** Id of the person; null where the account does not exist or its existence must not matter. */
  readonly userId: string | null;
  readonly ip: string;
}

export interface Counted {
  readonly network: string;
  /** The how-many-eth guess within the hour this is for the account from this network. */
  readonly ofAccount: number;
  /** To be called where the guess was right. */
  readonly right: () => Promise<void>;
}

/**
 * Counts a guess before it is checked, so that guesses at the same time do not pass each other, and refuses it where
 * too many went before. What is counted is one account from one network, and one network: whoever attacks an account
 * from elsewhere makes its owner wait for nothing, and where the owner signed in before not even the rest of the
 * network does. An account can be attacked from many networks in turn, so guesses are counted for all networks together,
 * too, from which the person never signed in: from their own ones they come in at any time. Refused guesses do not
 * count.
 */
export async function countGuess(
  services: Pick<Services, 'store' | 'clock'>,
  guess: Guess,
): Promise<Counted> {
  const network = networkOf(guess.ip);
  const now = services.clock();
  const accountKey = keyOf(guess.what, guess.account.trim().toLowerCase(), network);
  const networkKey = keyOf('network', network);
  const elsewhereKey = keyOf(guess.what, guess.account.trim().toLowerCase(), 'elsewhere');
  const since = new Date(now.getTime() - WINDOW);
  const outcome = await services.store.write('system', async (tx) => {
    await lockAttempts(tx, [accountKey, networkKey, elsewhereKey]);
    const ofAccount = await countAttempts(tx, accountKey, { since, now });
    const ofNetwork = await countAttempts(tx, networkKey, { since, now });
    // Asked also where there is no such person: it takes the same time.
    const known = await isKnownNetwork(tx, guess.userId ?? '', keyOf('known', network));
    const elsewhere = !known;
    const wait = Math.max(
      waitFor(ofAccount, FREE.account, now),
      known ? 0 : waitFor(ofNetwork, FREE.network, now),
      elsewhere
        ? waitFor(await countAttempts(tx, elsewhereKey, { since, now }), FREE.elsewhere[guess.what], now)
        : 0,
    );
    if (wait > 0) return { wait, ofAccount: 0 };
    await addAttempts(tx, [accountKey, networkKey, ...(elsewhere ? [elsewhereKey] : [])], now);
    return { wait: 0, ofAccount: ofAccount.count + 1 };
  });
  if (outcome.wait > 0) {
    const seconds = Math.ceil(outcome.wait / 1000);
    throw tooMany(`Too many attempts. Try again in ${inWords(seconds)}.`, seconds);
  }
  return {
    network,
    ofAccount: outcome.ofAccount,
    right: () =>
      services.store.write('system', async (tx) => {
        await clearAttempts(tx, accountKey);
        await clearAttempts(tx, elsewhereKey);
        await takeBackAttempt(tx, networkKey);
      }),
  };
}

/** Doubles with every wrong guess beyond the free ones, from one second on. */
function waitFor({ count, last }: { count: number; last: Date | null }, free: number, now: Date): number {
  if (count < free || last === null) return 0;
  const delay = Math.min(1000 * 2 ** (count - free), LONGEST);
  return Math.max(0, Math.min(last.getTime(), now.getTime()) + delay - now.getTime());
}

function inWords(seconds: number): string {
  if (seconds < 90) return `${seconds} ${seconds === 1 ? 'second' : 'seconds'}`;
  return `${Math.ceil(seconds / 60)} minutes`;
}

/** Whether a wrong guess is worth a record: the first, and then ever fewer, so that nobody floods the log. */
export function worthRecording(count: number): boolean {
  return [1, 5, 10, 20, 50, 100, 200, 500, 1000].includes(count);
}
