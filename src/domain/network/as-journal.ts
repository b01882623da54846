import type { Journal } from '../model/journal.ts';
import { type ProbeOutcomes, type ProbeVerdict, probeVerdict } from './probe.ts';

type Entry = NonNullable<Journal['tenantRestrictionProbe']>;

const SHOWN: Readonly<Record<Exclude<ProbeVerdict, 'not_shown'>, Omit<Entry, 'on' | 'by'>>> = {
  holds: { foreignOrganization: 'refused', ownOrganization: 'allowed' },
  lets_in: { foreignOrganization: 'allowed', ownOrganization: 'allowed' },
  ours_refused: { foreignOrganization: 'refused', ownOrganization: 'refused' },
  wrong_header: { foreignOrganization: 'misconfigured', ownOrganization: 'allowed' },
  client_decides: { foreignOrganization: 'not_replaced', ownOrganization: 'allowed' },
};

/** A test as the journal would have it; null: it shows nothing either way. */
export function probeEntry(outcomes: ProbeOutcomes, { on, by }: Pick<Entry, 'on' | 'by'>): Entry | null {
  const verdict = probeVerdict(outcomes);
  return verdict === 'not_shown' ? null : { on, by, ...SHOWN[verdict] };
}
