import { z } from 'zod';
import { daysBetween } from '../../model/day.ts';
import type { ActivityRow, DnsRow } from '../../model/kinds.ts';
import { dayOf } from '../../model/local-time.ts';
import type { Evidence } from '../../model/reading.ts';
import { type CheckContext, defineRule, type Events } from '../../model/rule.ts';
import type { Item, Outcome } from '../../model/verdict.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { coveredThrough } from '../connectors/events.ts';
import { absent, because } from '../outcome.ts';
import { dnsAnswer, recordValue, TXT_PREFIX, wantedValues } from './dns-records.ts';
import { domainEvent } from './domain-events.ts';
import { existingAccounts } from './existing-accounts.ts';

/** Each domain of the profile has the TXT record by which Claude verifies it. */
export const domainsInDns = defineRule({
  name: 'domains-in-dns',
  about:
    'Looks for a TXT record that starts with anthropic-domain-verification- at each domain of the profile. Every domain needs an answer; a lookup that failed is neither a yes nor a no.',
  params: z.strictObject({ days: z.number().int().min(1).default(30) }),
  decide(context, { days }) {
    const evidence: Evidence[] = [];
    const missing: Item[] = [];
    const open: { domain: string; words: string }[] = [];
    for (const domain of context.profile.domains) {
      const { state, row, reading } = dnsAnswer(context, domain, days);
      const cite: Evidence[] =
        row && reading
          ? [
              {
                kind: 'dns',
                file: row.file,
                row: row.row,
                observedOn: reading.observedOn,
                says: answerWords(state, row),
              },
            ]
          : [];
      evidence.push(...cite);
      if (state === 'missing') {
        const why =
          row?.outcome === 'nxdomain'
            ? 'the name does not exist in DNS'
            : row?.outcome === 'no_record'
              ? 'no TXT record at all'
              : row?.txt.some((text) => recordValue(text) !== null)
                ? 'a record for Claude with another value than the one that Claude shows'
                : `${count(row?.txt.length ?? 0, 'TXT record')}, none for Claude`;
        missing.push({ key: domain, label: domain, detail: why, evidence: cite });
      } else if (state === 'not_looked_up') open.push({ domain, words: `${domain} was not looked up` });
      else if (state === 'stale')
        open.push({
          domain,
          words: `the lookup of ${domain} is ${count(daysBetween(reading?.observedOn ?? context.today, context.today), 'day')} old and is valid for ${days}`,
        });
      else if (state === 'contradiction')
        open.push({
          domain,
          words: `two lookups of ${domain} on ${dayWords(reading?.observedOn ?? '')} differ`,
        });
      else if (state === 'unanswered')
        open.push({ domain, words: `the lookup of ${domain} got no usable answer` });
    }
    const unsure =
      open.length > 0
        ? `Not known: ${names(
            open.map((one) => one.words),
            6,
          )}.`
        : '';
    const all = context.profile.domains;
    if (missing.length > 0)
      return because(
        'accounts.domains_verified.no_record',
        `${missing.length} of ${count(all.length, 'domain')} ${verb(missing.length, 'has', 'have')} no verification record: ${names(missing.map((item) => `${item.label} (${item.detail})`))}. ${unsure}`.trim(),
      ).fail(evidence, missing);
    if (open.length > 0)
      return because('accounts.domains_verified.lookup_unsure', unsure).cannotRead(
        ask(
          'source',
          'dns',
          `Look up ${names(
            open.map((one) => one.domain),
            6,
          )}: run “bylaw dns check”, or save the output of “dig TXT” for each domain.`,
          open.map((one) => one.domain),
        ),
        evidence,
      );
    // A DNS record does not mean verified if Claude has removed the domain since.
    const events = context.events();
    const removed = all.flatMap((domain) => {
      const { state, row } = domainEvent(events, domain, context.today, context.profile.timezone);
      return state === 'removed' && row !== null ? [{ domain, row }] : [];
    });
    if (events.ok && removed.length > 0) return removedFromClaude(context, removed, events, evidence);
    return because(
      'accounts.domains_verified.records_stand',
      `The verification record is in DNS for ${all.length === 1 ? (all[0] ?? '') : `all ${all.length} domains (${names(all, 6)})`}. On its own, it does not keep anyone from opening a personal account. ${existingAccounts(context)}`,
    ).pass(evidence);
  },
});

function answerWords(state: string, row: DnsRow): string {
  const { outcome, txt } = row;
  if (state === 'found') return wantedValues(row)[0]?.slice(0, TXT_PREFIX.length + 12) ?? 'found';
  return outcome === 'answer'
    ? `${count(txt.length, 'TXT record')}, none for Claude`
    : `lookup ended with ${outcome.replace('_', ' ')}`;
}

function removedFromClaude(
  { profile }: CheckContext,
  removed: readonly { readonly domain: string; readonly row: ActivityRow }[],
  events: Extract<Events, { ok: true }>,
  evidence: readonly Evidence[],
): Outcome {
  const items = removed.map(({ domain, row }) => ({
    key: domain,
    label: domain,
    detail: `removed on ${dayWords(dayOf(row.at, profile.timezone))}`,
    evidence: [events.cite(row, `${domain} removed`)],
  }));
  return because(
    'accounts.domains_verified.removed_from_claude',
    `${count(removed.length, 'domain was', 'domains were')} removed from Claude: ${names(removed.map(({ domain, row }) => `${domain} on ${dayWords(dayOf(row.at, profile.timezone))}`))}.`,
    { domains: removed.map(({ domain }) => domain) },
  ).fail([...evidence, ...items.flatMap((item) => item.evidence)], items);
}

/** The same, from the events of an Enterprise organization: verified, and not removed since. */
export const domainsInEvents = defineRule({
  name: 'domains-in-events',
  about:
    'The newest verification event of each domain says verified. An event that names no domain leaves open which one it was about.',
  params: z.strictObject({}),
  decide(context) {
    const events = context.events();
    if (!events.ok) {
      if (context.profile.claudePlan !== 'enterprise')
        return because(
          'accounts.domains_verified.no_log_on_team',
          'Claude Team keeps no audit log that shows verification.',
        ).cannotRead(null);
      return absent(events).cannotRead(events.howToGet);
    }
    const zone = context.profile.timezone;
    const found = context.profile.domains.map((domain) => ({
      domain,
      ...domainEvent(events, domain, context.today, zone),
    }));
    const evidence = found.flatMap(({ row, state, domain }) =>
      row ? [events.cite(row, state === 'unclear' ? 'domain not named' : `${domain} ${state}`)] : [],
    );
    const removed = found.flatMap(({ domain, state, row }) =>
      state === 'removed' && row !== null ? [{ domain, row }] : [],
    );
    if (removed.length > 0) return removedFromClaude(context, removed, events, evidence);
    const open = found.filter((one) => one.state !== 'verified');
    if (open.length > 0) {
      const unclear = open.some((one) => one.state === 'unclear')
        ? 'An event is there that does not name its domain.'
        : 'It may have been verified before the log starts.';
      return because(
        'accounts.domains_verified.not_shown',
        `The events from ${dayWords(events.from)} to ${dayWords(events.to)} do not show that ${names(
          open.map((one) => one.domain),
          6,
        )} ${verb(open.length, 'was', 'were')} verified. ${unclear}`,
        { domains: open.map(({ domain }) => domain) },
      ).cannotRead(
        ask(
          'look',
          'domains',
          'Look at Organization settings > Organization and access > Domains and record which domains show Verified.',
        ),
        evidence.length > 0 ? evidence : events.evidence,
      );
    }
    const first = found.map(({ row }) => dayOf(row?.at ?? '', zone)).sort()[0] ?? '';
    if (coveredThrough(context, first) === null)
      return because(
        'accounts.domains_verified.log_has_gaps',
        `Claude recorded the verification, but the log does not cover every day since ${dayWords(first)}, so a removal could be missing.`,
      ).cannotRead(
        ask(
          'look',
          'domains',
          'Look at Organization settings > Organization and access > Domains and record which domains show Verified.',
        ),
        evidence,
      );
    return because(
      'accounts.domains_verified.verified',
      `Claude recorded the verification of ${names(
        found.map((one) => `${one.domain} on ${dayWords(dayOf(one.row?.at ?? '', zone))}`),
        6,
      )} and no removal since, up to ${dayWords(events.to)}. ${existingAccounts(context)}`,
      { domains: found.map(({ domain }) => domain) },
    ).pass(evidence);
  },
});
// Guide: G1.1-05 G2.2-03 G2.2-04 G2.2-06 G4.2-01 GA-03 GB-02
