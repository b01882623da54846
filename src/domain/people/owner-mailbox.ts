import { localPart, looksLikeService, looksShared } from './names.ts';

/** Words of which the address of a mailbox consists that is there for Claude, or for the accounts with all vendors. */
const WORDS: ReadonlySet<string> = new Set(
  `claude anthropic ai genai llm ml tool tools tech technology software saas cloud app apps platform vendor vendors 
  subscription subscriptions account accounts owner owners admin admins administrator
  primary main root system systems it ops team group org organization workspace console service services mgmt management
  manager global shared`.split(/\s+/),
);
const LICENSES = /^licen[cs]/;
/** Beside the name of Claude or of its vendor, in the languages in which the files of clients are read. */
const BESIDE_CLAUDE =
  /owner|admin|account|konto|compte|cuenta|propri[eé]|propiet|titular|inhaber|verwalt|lizenz|licen[cs]/;

/**
 * A mailbox that is there for the account, as claude-owner@, ai-tools@, software@ or compte-claude@. A first name alone, as
 * claude@ or claude.dubois@, is a person's, and that the charter names somebody as account owner does not say that they
 * still work here.
 */
export function isOwnerMailbox(email: string): boolean {
  const local = localPart(email);
  if (looksShared(email) || looksLikeService(email)) return true;
  if (/claude|anthropic/.test(local) && BESIDE_CLAUDE.test(local)) return true;
  const words = local.split(/[-_.\d]+/).filter((word) => word !== '');
  return (
    words.length > 0 &&
    words.join() !== 'claude' &&
    words.every((word) => WORDS.has(word) || LICENSES.test(word))
  );
}
