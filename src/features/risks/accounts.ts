import { CLAUDE_PLAN_WORDS } from '#domain/labels.ts';
import { count, dayWords, names } from '#domain/text/words.ts';
import type { HandlerContext } from '../context.ts';
import { isOpen, registerNow } from '../personal-accounts/index.ts';

/** What is known of personal accounts on the client's domains. */
export interface KnownAccounts {
  /** null: no report was read, so nobody knows. */
  readonly open: number | null;
  readonly words: string;
  /** Day of the newest report; null: none was read. */
  readonly observedOn: string | null;
}

/** null: people are not this person's to see. */
export async function knownAccounts(context: HandlerContext): Promise<KnownAccounts | null> {
  if (!context.can('people.read')) return null;
  const { reports, entries, gap } = await registerNow(context, context.client);
  const [newest] = reports;
  if (newest === undefined)
    return {
      open: null,
      observedOn: null,
      words:
        'No Domain memberships report was read, so it is not known which personal accounts there are on our domains.',
    };
  const open = entries.filter(isOpen);
  const plans = Object.entries(Object.groupBy(open, ({ seen }) => seen?.plan ?? ''))
    .map(([plan, of]) => `${of?.length ?? 0} ${planWords(plan)}`)
    .sort();
  const known = `${count(entries.length, 'personal account')} ever listed, ${open.length} open`;
  return {
    open: open.length,
    observedOn: newest.day,
    words: `${known}${plans.length === 0 ? '' : `: ${names(plans, 6)}`}. By the report of ${dayWords(newest.day)}.${gap === null ? '' : ` ${gap.why}`}`,
  };
}

function planWords(plan: string): string {
  if (plan === '') return 'on a plan that no report names';
  return plan in CLAUDE_PLAN_WORDS
    ? `on ${CLAUDE_PLAN_WORDS[plan as keyof typeof CLAUDE_PLAN_WORDS]}`
    : `on ${plan.charAt(0).toUpperCase()}${plan.slice(1)}`;
}
// Guide: G4-00
