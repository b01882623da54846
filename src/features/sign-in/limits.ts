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
/** Period in which wrong guesses count, and the longest wait, in milliseconds. */
const WINDOW = 60 * MINUTE;
const MAX_DELAY_MS = 15 * MINUTE;
/**
 * Wrong guesses without a wait: for one account from one network; for all accounts from one network; and, by what is
 * guessed, for one account from all networks together from which its person never signed in.
 */
const FREE = {
  account: 5,
  network: 30,
  elsewhere: { code: 10, password: 50, proof: 10 },
} as const;

/** One attempt to enter a secret. */
export interface Guess {
  readonly what: 'password' | 'code' | 'proof';
  /** The email address as typed, or the id of the person once known. */
  readonly account: string;
  /** Id of the person; null if the account does not exist or its existence must not matter. */
  readonly userId: string | null;
  readonly ip: string;
}

export interface Counted {
  readonly network: string;
  /** Number of this guess within the hour for the account from this network. */
  readonly ofAccount: number;
  /** Call it if the guess was right. */
  readonly right: () => Promise<void>;
}

/**
 * Counts a guess before it is checked, so that concurrent guesses cannot bypass the limit, and refuses it after too
 * many. Guesses are counted per account and network, and per network: an attack from another network does not make the
 * owner wait, and in a network from which the owner signed in before, neither do other people there. Since an account
 * can be attacked from many networks in turn, guesses are also counted over all networks from which the person never
 * signed in; from known networks the person can always sign in. Refused guesses are not counted.
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
    // Also queried for unknown accounts, so that the time is the same.
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

/** Milliseconds to wait: one second, doubled with every wrong guess beyond the free ones. */
function waitFor({ count, last }: { count: number; last: Date | null }, free: number, now: Date): number {
  if (count < free || last === null) return 0;
  const delay = Math.min(1000 * 2 ** (count - free), MAX_DELAY_MS);
  return Math.max(0, Math.min(last.getTime(), now.getTime()) + delay - now.getTime());
}

function inWords(seconds: number): string {
  if (seconds < 90) return `${seconds} ${seconds === 1 ? 'second' : 'seconds'}`;
  return `${Math.ceil(seconds / 60)} minutes`;
}

/**
 * Whether to record a wrong guess: the first one, then at growing intervals, so that an attack cannot flood the log.
 */
export function worthRecording(count: number): boolean {
  return [1, 5, 10, 20, 50, 100, 200, 500, 1000].includes(count);
}
