import { localPart, looksLikeService, looksShared } from './names.ts';

/** Words in the addresses of mailboxes for Claude, or for accounts with vendors in general. */
const WORDS: ReadonlySet<string> = new Set(
  `claude anthropic ai genai llm ml tool tools tech technology software saas cloud app apps platform vendor vendors 
  subscription subscriptions account accounts owner owners admin admins administrator
  primary main root system systems it ops team group org organization workspace console service services mgmt management
  manager global shared`.split(/\s+/),
);
const LICENSES = /^licen[cs]/;
/** Words that mark such a mailbox together with the name of Claude or Anthropic, in the languages of clients' files. */
const BESIDE_CLAUDE =
  /owner|admin|account|konto|compte|cuenta|propri[eé]|propiet|titular|inhaber|verwalt|lizenz|licen[cs]/;

/**
 * Whether a mailbox exists for the account, such as claude-owner@, ai-tools@, software@ or compte-claude@. A bare first
 * name, as in claude@ or claude.dubois@, is a person's, and being the charter's account owner does not show that the
 * person still works here.
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
