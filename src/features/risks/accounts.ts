import { CLAUDE_PLAN_WORDS } from '#domain/labels.ts';
import { dayOf } from '#domain/model/local-time.ts';
import { count, dayWords, names } from '#domain/text/words.ts';
import { allChanges } from '#store/changes/changes.ts';
import type { HandlerContext } from '../context.ts';
import { CAPTURE, isOpen, registerNow } from '../personal-accounts/index.ts';

/** What is known about personal accounts on the client's domains. */
export interface KnownAccounts {
  /** null: unknown, because no report was read. */
  readonly open: number | null;
  readonly words: string;
  /** Day of the newest report; null: none was read. */
  readonly observedOn: string | null;
  /** Outcome of the reported accounts: now in the workspace, closed, or exempt by a decision. */
  readonly settled: { readonly moved: number; readonly gone: number; readonly exempt: number };
  /** Claims of accounts that were started here, by domain. */
  readonly claims: Claim[];
}

interface Claim {
  readonly domain: string;
  readonly startedOn: string;
  /** Day of the report that no longer lists any of the claimed accounts; null: no report shows that yet. */
  readonly provedOn: string | null;
}

/** null: this person may not see people. */
export async function knownAccounts(context: HandlerContext): Promise<KnownAccounts | null> {
  if (!context.can('people.read')) return null;
  const { reports, entries, gap } = await registerNow(context, context.client);
  const claims = await claimsOf(context);
  const closed = entries.flatMap((one) => one.closed ?? []);
  const settled = {
    moved: closed.filter(({ moved }) => moved).length,
    gone: closed.filter(({ moved }) => !moved).length,
    exempt: entries.filter(({ state }) => state === 'exempt').length,
  };
  const [newest] = reports;
  if (newest === undefined)
    return {
      open: null,
      observedOn: null,
      settled,
      claims,
      words:
        'No Domain memberships report was read, so it is not known which personal accounts there are on our domains.',
    };
  const open = entries.filter(isOpen);
  const plans = Object.entries(Object.groupBy(open, ({ seen }) => seen?.plan ?? ''))
    .map(([plan, of]) => `${of?.length ?? 0} ${planWords(plan)}`)
    .sort();
  const known = `${count(entries.length, 'personal account')} listed so far, ${open.length} still open`;
  return {
    open: open.length,
    observedOn: newest.day,
    settled,
    claims,
    words: [
      `${known}${plans.length === 0 ? '' : `: ${names(plans, 6)}`} (report of ${dayWords(newest.day)}).`,
      ...(gap === null ? [] : [gap.why]),
      ...settledWords(settled),
      ...claims.map(claimWords),
    ].join(' '),
  };
}

const CARRIED_OUT: ReadonlySet<string> = new Set(['waiting', 'verified']);

/** The newest claim of each domain that was carried out. */
async function claimsOf({ client, read }: HandlerContext): Promise<Claim[]> {
  const rows = await read((tx) => allChanges(tx, client.id));
  const claims = rows.filter(({ target, state }) => target === CAPTURE && CARRIED_OUT.has(state));
  return [...Map.groupBy(claims, ({ subject }) => subject).values()].flatMap(([row]) =>
    row === undefined || row.applied_at === null
      ? []
      : {
          domain: row.subject,
          startedOn: dayOf(row.applied_at.toISOString(), client.timezone),
          provedOn: row.state === 'verified' ? provedOn(row) : null,
        },
  );
}

function provedOn({ proof }: { readonly proof: unknown }): string | null {
  const { on } = (proof ?? {}) as { readonly on?: unknown };
  return typeof on === 'string' ? on : null;
}

function settledWords({ moved, gone, exempt }: KnownAccounts['settled']): string[] {
  const parts = [
    ...(moved > 0 ? [`${moved} moved into the workspace`] : []),
    ...(gone > 0 ? [`${gone} no longer listed by a later report`] : []),
    ...(exempt > 0 ? [`${exempt} exempt`] : []),
  ];
  return parts.length === 0 ? [] : [`Of the others: ${names(parts, 3)}.`];
}

function claimWords({ domain, startedOn, provedOn }: Claim): string {
  const started = `The accounts on ${domain} were claimed on ${dayWords(startedOn)}`;
  return provedOn === null
    ? `${started}, which no later report shows yet.`
    : `${started}; the report of ${dayWords(provedOn)} lists none that could be claimed.`;
}

function planWords(plan: string): string {
  if (plan === '') return 'on a plan that no report names';
  return plan in CLAUDE_PLAN_WORDS
    ? `on ${CLAUDE_PLAN_WORDS[plan as keyof typeof CLAUDE_PLAN_WORDS]}`
    : `on ${plan.charAt(0).toUpperCase()}${plan.slice(1)}`;
}
// Guide: G4-00 G4.1-02
