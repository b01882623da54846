import { journalSchema } from '#domain/model/journal.ts';
import { address, domainOf } from '#domain/people/names.ts';
import { count, names } from '#domain/text/words.ts';
import { askAnthropic, CLAUDE_WRITER } from '../claude-members/index.ts';
import { readingNow } from '../people/index.ts';
import { observedSince } from '../shared/observed-since.ts';
import { readProfile } from '../shared/profile.ts';
import type { Applied, ChangeTarget, Looked, TargetContext } from '../shared/services/change-targets.ts';
import { readSoon, writerState } from '../sources/index.ts';
import { newestDocument } from './documents.ts';
import { type Invite, toInvite } from './invite.ts';
import { whyLocked } from './locked.ts';

const TARGET = 'claude_invitations';
/** The only subject of this target: staff on the roster. */
const SUBJECT = 'staff';
/** Prefix of the intent's members that name an address to invite. With none, all staff without a seat are invited. */
const NAMED = 'address:';
/** The member role without administrative rights. */
const ROLE = 'user';
/** Maximum number of invitations in a plan, so that an approver can look at each. */
const MAX_STEPS = 300;

/**
 * Invitations to the Claude organization for staff on the roster who hold no seat, only at the client's own domains.
 * The task of inviting has to be open both when they are planned and when they are sent.
 */
export const invitationsTarget: ChangeTarget = {
  id: TARGET,
  async plan(context, subject, given) {
    if (subject !== SUBJECT) return { ok: false, why: `Invitations are planned for “${SUBJECT}”.` };
    const { invite, domains, locked } = await factsOf(context);
    if (locked !== null) return { ok: false, why: locked };
    if (invite.addresses === null) return { ok: false, why: invite.why ?? 'It is not known whom to invite.' };
    const asked = askedIn(given);
    if (asked === null)
      return { ok: false, why: `Name whom to invite as {"${NAMED}someone@example.org":true}.` };
    const why = whyNot(asked, invite.addresses, domains);
    if (why !== null) return { ok: false, why };
    const addresses = asked.length === 0 ? invite.addresses : asked;
    if (addresses.length > MAX_STEPS)
      return {
        ok: false,
        why: `${count(addresses.length, 'person', 'people')} are to be invited, and one plan holds ${MAX_STEPS}. Name those of the first plan.`,
      };
    return {
      ok: true,
      title: `Invite to Claude: ${count(addresses.length, 'person', 'people')}`,
      plan: {
        target: TARGET,
        subject,
        intent: given,
        rests: [invite.rosterOn, invite.membersOn].join(' '),
        steps: addresses.map((one) => ({
          what: 'invite',
          name: one,
          mark: `invite:${one}`,
          body: { address: one, role: ROLE },
          before: null,
        })),
        measured: { rosterOn: invite.rosterOn, membersOn: invite.membersOn },
        back: null,
      },
    };
  },
  async verify(context, plan, since) {
    const wanted = plan.steps.map(addressOf);
    const run = await context.services.verdicts.run(context.client.id, 'claudeMember', {
      person: '',
      addresses: wanted,
    });
    const facts = run?.result;
    if (facts === undefined || 'why' in facts) return { is: 'not_yet' };
    if (!(await observedSince(context, 'members', facts.files, since))) return { is: 'not_yet' };
    const missing = wanted.filter((one) => !facts.listed.includes(one));
    const lacks = facts.invitations
      ? 'Neither invited nor a member in the newest list'
      : 'The newest list of members holds no invitations, so it does not show whether these wait';
    return missing.length > 0
      ? { is: 'differs', what: [`${lacks}: ${names(missing)}.`] }
      : {
          is: 'holds',
          sha256: facts.files[0] ?? null,
          proof: { addresses: wanted, files: [...facts.files] },
        };
  },
  writes: {
    may: async ({ services, client }) =>
      (await writerState(services, client.id, CLAUDE_WRITER)).is === 'ready',
    look: (of, step) =>
      askAnthropic<Looked>(of, async (admin) => {
        const email = addressOf(step);
        const there = (await admin.invitation(email)) ?? (await admin.member(email));
        // The vendor refuses a second invitation of an address while the first one is pending.
        return there === undefined ? { is: 'open', harmless: true } : { is: 'done', id: there.id };
      }),
    apply: (of, step) =>
      askAnthropic<Applied>(of, async (admin) => {
        return { is: 'done', id: await admin.invite(addressOf(step), ROLE) };
      }),
    observe: ({ services, client }) => readSoon(services, client.id, CLAUDE_WRITER.vendor, ['members']),
  },
};

/** Addresses that an intent names; null if it contains anything else. */
function askedIn(given: unknown): readonly string[] | null {
  const entries = Object.entries((given ?? {}) as Readonly<Record<string, unknown>>);
  return entries.every(([name, value]) => name.startsWith(NAMED) && value === true)
    ? [...new Set(entries.map(([name]) => address(name.slice(NAMED.length))))].sort()
    : null;
}

function whyNot(
  asked: readonly string[],
  toBeInvited: readonly string[],
  domains: readonly string[],
): string | null {
  if (toBeInvited.length === 0) return 'Everyone on the roster with a known address holds a seat.';
  const outside = asked.filter((one) => !domains.includes(domainOf(one)));
  if (outside.length > 0) return `Not at a domain of the client: ${names(outside)}. No one else is invited.`;
  const others = asked.filter((one) => !toBeInvited.includes(one));
  return others.length > 0
    ? `Not on the roster as someone without a seat: ${names(others)}. Have the roster corrected, or the members read again.`
    : null;
}

async function factsOf({ services, client, now }: TargetContext): Promise<{
  readonly invite: Invite;
  readonly domains: readonly string[];
  readonly locked: string | null;
}> {
  const { store, catalogue, verdicts } = services;
  await verdicts.ensureCurrent([client.id]);
  const people = await readingNow({ services, now }, client);
  return store.read([client.id], async (tx) => {
    const stored = await newestDocument(tx, client.id, 'journal');
    const journal = stored === null ? {} : journalSchema.parse(stored.value);
    const { domains } = await readProfile(tx, client.id);
    return {
      invite: toInvite(() => true, people, domains),
      domains,
      locked: await whyLocked(tx, catalogue, client.id, 'firstInvitation', journal, now),
    };
  });
}

function addressOf({ body }: { readonly body: unknown }): string {
  return String((body as { readonly address?: string } | null)?.address ?? '');
}
// Guide: G2.2-09
