import type { Control } from '../model/catalogue.ts';
import type { Evidence } from '../model/reading.ts';
import type { CheckContext } from '../model/rule.ts';
import type { Verdict } from '../model/verdict.ts';
import { type DnsAnswer, dnsAnswer } from '../rules/accounts/dns-records.ts';
import { dayWords } from '../text/words.ts';
import { restoreByProof } from './restore.ts';
import { addDeviation, type SettingsOut } from './settings-drift.ts';

export interface DomainsInput {
  readonly context: CheckContext;
  /** The control that looks up the records, with its current verdict. */
  readonly control: Control;
  readonly verdict: Verdict;
  /** Days for which a lookup counts. */
  readonly days: number;
}

/**
 * Verification records that existed and no longer do. A record that no lookup has ever shown is unfinished work, not
 * drift; a lookup without a usable answer is neither.
 */
export function compareDomains({ context, control, verdict, days }: DomainsInput, out: SettingsOut): void {
  for (const domain of context.profile.domains) {
    const now = dnsAnswer(context, domain, days);
    const before = lastFound(context, domain);
    if (before === null) continue;
    const key = `setting/domain-record/${domain}`;
    const label = `Verification record of ${domain}`;
    const evidence = citeOf(now, domain);
    if (now.state === 'found') {
      out.same += 1;
      out.status.set(key, { how: 'conforms', words: `${label} is in DNS.`, evidence, at: null });
    } else if (now.state === 'missing' && evidence !== null)
      addDeviation(out, {
        key,
        subject: 'setting',
        system: 'Domains',
        label,
        direction: 'other',
        urgency: 'soon',
        words: `It was in DNS on ${dayWords(before)} but is no longer there.`,
        effect: null,
        charter: `In DNS on ${dayWords(before)}`,
        observed: 'Not in DNS',
        state: null,
        wanted: null,
        width: 1,
        on: evidence.observedOn,
        notCovered: false,
        evidence: [evidence],
        cause: { known: false, why: 'DNS does not show who changed a record.' },
        invariant: null,
        listed:
          verdict.state === 'fail' || verdict.state === 'accepted'
            ? [{ control: control.id, keys: [domain], states: {} }]
            : [],
        restore: restoreByProof(
          control,
          `Write the TXT record into the DNS zone of ${domain} again.`,
          'To prove it: let Bylaw look the domain up again.',
        ),
        row: null,
        amend: null,
      });
    else
      out.unread.push({
        key,
        label,
        why: `It was in DNS on ${dayWords(before)}, and no current lookup shows whether it still is.`,
        question: `Look ${domain} up again: run “bylaw dns check”.`,
      });
  }
}

/** The newest day on which a lookup showed the record; null: never. */
function lastFound(context: CheckContext, domain: string): string | null {
  const days = [...new Set(context.history('dns').map(({ observedOn }) => observedOn))].sort().reverse();
  return days.find((day) => dnsAnswer(context, domain, 0, day).state === 'found') ?? null;
}

function citeOf({ row, reading }: DnsAnswer, domain: string): Evidence | null {
  if (row === null || reading === null) return null;
  return {
    kind: 'dns',
    file: row.file,
    row: row.row,
    observedOn: reading.observedOn,
    says: `look-up of ${domain}`,
  };
}
// Guide: G2.2-04
