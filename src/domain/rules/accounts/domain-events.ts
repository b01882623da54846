import type { ActivityRow } from '../../model/kinds.ts';
import { dayOf } from '../../model/local-time.ts';
import type { Events } from '../../model/rule.ts';
import { asciiDomain } from '../../text/domain-name.ts';

/** The newest verification event for a domain up to the end of a day. */
export interface DomainEvent {
  readonly state: 'verified' | 'removed' | 'unclear' | 'none';
  readonly row: ActivityRow | null;
}

/**
 * Verification events name the domain in their detail. One that names none could be about any domain: if it is the
 * newest, the result is unclear. Days are in the client's time zone.
 */
export function domainEvent(events: Events, domain: string, until: string, zone: string): DomainEvent {
  if (!events.ok) return { state: 'none', row: null };
  let found: DomainEvent = { state: 'none', row: null };
  for (const row of events.rows) {
    if (dayOf(row.at, zone) > until) continue;
    if (row.type !== 'org_domain_verified' && row.type !== 'org_domain_removed') continue;
    const named = row.detail.domain;
    const name = typeof named === 'string' ? asciiDomain(named) : '';
    if (name === domain) {
      // Two events with the same instant have no order; the removal counts.
      if (found.state === 'removed' && found.row?.at === row.at) continue;
      found = { state: row.type === 'org_domain_verified' ? 'verified' : 'removed', row };
    } else if (name === '' && !(found.state === 'verified' && row.type === 'org_domain_verified'))
      found = { state: 'unclear', row };
  }
  return found;
}
