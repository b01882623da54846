import { z } from 'zod';
import type { Attestation } from '../model/attestation.ts';
import { addDays, daysBetween } from '../model/day.ts';
import { type CheckContext, defineRule } from '../model/rule.ts';
import type { Outcome } from '../model/verdict.ts';
import { address, isEmptyReason } from '../people/names.ts';
import { ask } from '../text/message.ts';
import { CONFLICT_WORDS, conflictOf } from '../text/statement-notes.ts';
import { count, dayWords, names, verb } from '../text/words.ts';
import { dnsAnswer } from './accounts/dns-records.ts';
import { existingAccounts } from './accounts/existing-accounts.ts';
import { NOTED, notedBeyond } from './accounts/noted-values.ts';
import { zeroBaseline } from './connectors/zero-baseline.ts';
import { askCharter } from './operations/ask.ts';
import { type Because, because } from './outcome.ts';
import { undoing, undoneSchema } from './undone.ts';

/** Keys of the charter with which statements are compared; each completes "The charter does not state …". */
const CHARTER_PARTS = {
  accountOwner: 'which account should own the Claude organization',
  connectors: 'which connectors and actions are approved',
  desktopExtensions: 'which desktop extensions are approved',
  telemetry: 'where telemetry is sent',
  chatRetentionDays: 'how long chats are kept',
  auditRetentionDays: 'how long audit records are kept',
  approvedApiKeys: 'which API keys are approved',
} as const;
const CHARTER_PART_KEYS = Object.keys(CHARTER_PARTS) as (keyof typeof CHARTER_PARTS)[];

/**
 * A rule for a person's attestation of something that no export or API shows. `look` says where to look and what must
 * be seen, as an instruction. The attestation is valid until it expires or `days` have passed, whichever comes first.
 */
export const attested = defineRule({
  name: 'attested',
  about: 'A person looked in the console and recorded whether it is as required; the statement expires.',
  undoneByPart: true,
  params: z.strictObject({
    look: z.string().min(1),
    days: z.number().int().min(1).default(90),
    /** A positive attestation is valid only with a file that shows it. */
    file: z.boolean().optional(),
    /** What a positive attestation has to be accompanied by. */
    beside: z.enum(['existing_accounts']).optional(),
    /**
     * What it covers: the domains of the profile, or the Claude organization that the charter names. It says nothing
     * about a domain that was added later, or another organization.
     */
    covers: z.enum(['domains', 'organization']).optional(),
    /** The only person whose attestation is valid, because no one else can show which account they sign in with. */
    by: z.enum(['account_owner']).optional(),
    /** The part of the charter it is compared with: if the charter is silent, a positive attestation means nothing. */
    against: z.array(z.enum(CHARTER_PART_KEYS)).min(1).optional(),
    /** Words, in lower case, for what must not be; a note that affirms one denies the statement. */
    deniedBy: z.array(z.string().min(3)).min(1).optional(),
    /** What the note may list or count that would deny the statement. */
    noted: z.enum(NOTED).optional(),
    undone: undoneSchema.optional(),
  }),
  decide(context, { look, days, file, beside, covers, by, against, undone, deniedBy, noted }) {
    // After the lockdown, no statement about extensions means that there are none.
    const baseline = against?.includes('desktopExtensions') ? zeroBaseline(context) : null;
    const silent = (against ?? []).find(
      (key) =>
        (!context.charter.ok || saysOfNone(context.charter.value[key])) &&
        (key !== 'desktopExtensions' || baseline === null),
    );
    if (silent !== undefined && !context.attestations.some(({ holds }) => !holds))
      return {
        ...askCharter(context, silent, CHARTER_PARTS[silent]),
        evidence: context.attestations.map((one) => context.citeAttestation(one)),
      };
    const entitled = by === undefined || silent !== undefined ? null : ownerStatements(context);
    if (entitled !== null && 'state' in entitled) return entitled;
    const counting =
      silent === undefined ? context.attestations : context.attestations.filter(({ holds }) => !holds);
    const [newest, ...older] = file ? shownFirst(entitled ?? counting) : (entitled ?? counting);
    const question = ask('attestation', context.control.id, look);
    const lost = context.attestationsUnusable;
    if (!newest && lost !== undefined) return because('attested.unusable', lost).cannotRead(question);
    if (!newest) return because('attested.nobody_stated', 'No one has attested to it.').cannotRead(question);
    const ends =
      newest.expires && newest.expires < addDays(newest.seen, days)
        ? newest.expires
        : addDays(newest.seen, days);
    const evidence = [context.citeAttestation(newest)];
    const seen = `${newest.by} looked on ${dayWords(newest.seen)}`;
    if (ends < context.today) {
      return because(
        'attested.ended',
        `${seen}; that statement expired on ${dayWords(ends)}, ${count(daysBetween(ends, context.today), 'day')} ago.`,
        { by: newest.by },
      ).cannotRead(question, evidence);
    }
    if (newest.doubt !== undefined)
      return because('attested.doubted', newest.doubt).cannotRead(question, evidence);
    const conflict =
      newest.holds && newest.note !== undefined ? conflictOf(newest.note, look, deniedBy) : null;
    if (newest.note !== undefined && conflict !== null)
      return because(
        'attested.note_denies',
        `${seen} and recorded that it is as required, and noted “${newest.note.replace(/\.$/, '')}”, ${CONFLICT_WORDS[conflict]}.`,
        { by: newest.by, note: newest.note, because: conflict },
      ).cannotRead(question, evidence);
    const beyond =
      noted !== undefined && newest.holds && newest.note !== undefined
        ? notedBeyond(context, noted, newest.note)
        : null;
    if (newest.note !== undefined && beyond !== null)
      return because(
        'attested.note_lists_more',
        `${seen} and recorded that it is as required, and noted “${newest.note.replace(/\.$/, '')}”, which ${beyond}.`,
        { by: newest.by, note: newest.note },
      ).cannotRead(question, evidence);
    const named = covers === 'domains' && newest.holds ? someDomainsOf(context, newest.note) : [];
    if (named.length > 0)
      return because(
        'attested.note_some_domains',
        `${seen} and recorded that it is as required, and noted “${newest.note?.replace(/\.$/, '') ?? ''}”, which names only ${names(named, 6)} of ${count(context.profile.domains.length, 'domain')}.`,
        { by: newest.by, note: newest.note, domains: named },
      ).cannotRead(question, evidence);
    if (newest.fileFound === false) {
      return because(
        'attested.file_missing',
        `${seen} and names the file “${newest.file ?? ''}” as proof, which is not in the folder.`,
        { file: newest.file },
      ).cannotRead(
        ask('look', 'attestation_file', `Put the file next to the attestations, or remove its name.`),
        evidence,
      );
    }
    if (file && newest.holds && newest.fileFound !== true)
      return because(
        'attested.no_file',
        `${seen} and recorded that it is as required, without the file that shows it.`,
        { by: newest.by },
      ).cannotRead(question, evidence);
    const sameDay = older.filter((a) => a.seen === newest.seen);
    if (sameDay.some((a) => a.holds !== newest.holds)) {
      return because(
        'attested.contradicting',
        `Two statements of ${dayWords(newest.seen)} contradict each other.`,
      ).fail([...evidence, ...sameDay.map((a) => context.citeAttestation(a))]);
    }
    const charter = against === undefined || by !== undefined ? null : chartered(context, newest, against);
    if (charter !== null) return charter.cannotRead(question, evidence);
    if (baseline !== null && newest.holds && newest.seen < baseline.on)
      return because(
        'attested.before_lockdown',
        `${newest.by} looked on ${dayWords(newest.seen)}, before the lockdown of ${dayWords(baseline.on)}.`,
        { by: newest.by },
      ).cannotRead(question, [...evidence, baseline.evidence]);
    const organization =
      covers === 'organization' && newest.holds ? otherOrganization(context, newest) : null;
    if (organization !== null)
      return because(
        'attested.other_organization',
        `${seen} and recorded that it is as required. The charter then named the Claude organization ${organization.then}, and now names ${organization.now}.`,
        organization,
      ).cannotRead(question, evidence);
    const added =
      covers !== 'domains' || !newest.holds ? [] : domainsAddedAfter([newest, ...sameDay], context);
    if (added.length > 0)
      return because(
        'attested.domains_added',
        `${seen} and recorded that it is as required. ${names(added, 6)} ${verb(added.length, 'was', 'were')} added to the profile after that, so whether that is true of ${added.length === 1 ? 'this domain' : 'these domains'} is not known.`,
        { domains: added },
      ).cannotRead(question, evidence);
    const unverified = covers !== 'domains' || !newest.holds ? [] : domainsUnverified(context, newest.seen);
    if (unverified.length > 0)
      return because(
        'attested.domains_unverified',
        `${seen} and recorded that it is as required. According to a lookup that day or later, ${names(
          unverified.map(({ domain }) => domain),
          6,
        )} ${verb(unverified.length, 'has', 'have')} no verification record, so whether that is true there is not known.`,
        { domains: unverified.map(({ domain }) => domain) },
      ).cannotRead(question, [...evidence, ...unverified.map((one) => one.evidence)]);
    const change = undone === undefined || !newest.holds ? null : undoing(context, newest.seen, undone);
    if (change !== null)
      return because(
        'attested.changed_since',
        `${seen} and recorded that it is as required. Since then ${change.words}, so whether that is still true is not known.`,
        { what: change.what },
      ).cannotRead(question, [...evidence, ...change.evidence]);
    const note = newest.note ? `: ${newest.note.replace(/\.$/, '')}` : '';
    return newest.holds
      ? because(
          'attested.holds',
          `${seen} and recorded that it is as required${note}. A person’s statement, valid until ${dayWords(ends)}.${beside === undefined ? '' : ` ${existingAccounts(context)}`}`,
          { by: newest.by, note: newest.note },
        ).pass(evidence)
      : because('attested.does_not_hold', `${seen} and recorded that it is not as required${note}.`, {
          by: newest.by,
          note: newest.note,
        }).fail(evidence);
  },
});

/** The client's domains that a note names, if it names some and not all. */
function someDomainsOf({ profile }: CheckContext, note = ''): readonly string[] {
  const text = note.toLowerCase();
  const named = profile.domains.filter((domain) => text.includes(domain.toLowerCase()));
  return named.length < profile.domains.length ? named : [];
}

/**
 * Sorts attestations of the newest day: those that are confirmed or contradicted by other evidence come before those
 * that are neither.
 */
function shownFirst(statements: readonly Attestation[]): readonly Attestation[] {
  const day = statements[0]?.seen;
  const shown = ({ seen, holds, fileFound }: Attestation) => seen === day && (!holds || fileFound === true);
  return [...statements.filter(shown), ...statements.filter((one) => !shown(one))];
}

/** The Claude organization that the charter named on the day of an attestation, if it names another now; null: it does not. */
function otherOrganization({ charter, charterOn }: CheckContext, { seen }: Attestation) {
  const then = charterOn(seen)?.claudeOrganization;
  const now = charter.ok ? charter.value.claudeOrganization : undefined;
  return then === undefined || now === undefined || then === now ? null : { then, now };
}

/** Client domains added after all attestations of a day were recorded. */
export function domainsAddedAfter(
  statements: readonly Pick<Attestation, 'domains'>[],
  { profile }: Pick<CheckContext, 'profile'>,
): readonly string[] {
  return profile.domains.filter((one) =>
    statements.every(({ domains }) => domains !== undefined && !domains.includes(one)),
  );
}

/**
 * Domains for which a DNS lookup of that day or later finds no record for Claude, although the person saw them
 * verified.
 */
function domainsUnverified(context: CheckContext, seen: string) {
  return context.profile.domains.flatMap((domain) => {
    const { state, row, reading } = dnsAnswer(context, domain, DNS_DAYS);
    if (state !== 'missing' || row === null || reading === null || reading.observedOn < seen) return [];
    const { file, row: line } = row;
    const says = 'no verification record';
    return [
      { domain, evidence: { kind: 'dns' as const, file, row: line, observedOn: reading.observedOn, says } },
    ];
  });
}

/** Days for which a DNS lookup is current. */
const DNS_DAYS = 30;

/**
 * Whether a value of the charter leaves open what to compare with: it is missing, contains a placeholder (also as the
 * name of an entry), or is a list that allows everything.
 */
function saysOfNone(value: unknown): boolean {
  if (value === undefined) return true;
  if (typeof value === 'string') return isEmptyReason(value);
  if (Array.isArray(value))
    return value.some((one) =>
      typeof one === 'string' ? isEmptyReason(one) || one === '*' : saysOfNone(nameIn(one)),
    );
  return isRecord(value) && Object.values(value).some((one) => typeof one === 'string' && isEmptyReason(one));
}

/** The name of a list's entry; an entry without a name cannot be a placeholder. */
function nameIn(entry: unknown): unknown {
  return isRecord(entry) && Object.hasOwn(entry, 'name') ? entry.name : null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/**
 * Why an attestation of "as the charter says" refers to another version of the charter; null: it refers to this one.
 */
function chartered(
  context: CheckContext,
  { by, seen, holds }: Attestation,
  against: readonly (keyof typeof CHARTER_PARTS)[],
): Because | null {
  const since = against
    .flatMap((key) => context.charterSince(key) ?? [])
    .sort()
    .at(-1);
  if (!holds || since === undefined || seen >= since) return null;
  return because(
    'attested.before_charter',
    `${by} looked on ${dayWords(seen)}, but the charter has stated only since ${dayWords(since)} what that should be compared with.`,
    { by },
  );
}

/**
 * Valid attestations if the charter names an account owner: that person's, newest first. A negative attestation is
 * valid whoever makes it.
 */
function ownerStatements(context: CheckContext): readonly Attestation[] | Outcome {
  const { charter, attestations } = context;
  const owner = charter.ok ? charter.value.accountOwner : undefined;
  const [newest] = attestations;
  if (owner === undefined || newest === undefined) return attestations;
  const counts = attestations.filter(({ holds, by }) => !holds || isBy(by, owner));
  if (counts.length > 0) return counts;
  return because(
    'attested.not_by_owner',
    `${newest.by} recorded that it is as required, but only ${owner}, the account owner named by the charter, can say which account is signed in.`,
    { by: newest.by, owner },
  ).cannotRead(
    ask(
      'look',
      'attestation_of_owner',
      `Have ${owner} look and record it, or import a members file with the roles.`,
      owner,
    ),
    attestations.map((one) => context.citeAttestation(one)),
  );
}

/** Whether the author of an attestation is an address, or a name followed by that address. */
function isBy(author: string, owner: string): boolean {
  const written = /\(([^()]+@[^()]+)\)\s*$/.exec(author)?.[1] ?? author;
  return address(written) === address(owner);
}
// Guide: G1.1-09 G1.2-05 G2.2-01 G2.2-09 G4.1-06 G4.4-03 G4.4-08 G5.3-06 G5.4-00 G5.4-02 G5.4-03 G5.4-04
// Guide: G5.5-03 GA-12 GB-05
