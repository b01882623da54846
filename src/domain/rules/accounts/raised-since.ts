import type { ActivityRow } from '../../model/kinds.ts';
import type { CheckContext } from '../../model/rule.ts';
import type { Outcome } from '../../model/verdict.ts';
import { address } from '../../people/names.ts';
import { count, dayWords, names, sentence } from '../../text/words.ts';
import { byWhom, detailText } from '../connectors/events.ts';
import { because } from '../outcome.ts';

/** People who became Owner or Admin by these events and still are; the last event for each person counts. */
function raisedBy(
  rows: readonly ActivityRow[],
): readonly { readonly email: string; readonly role: string; readonly row: ActivityRow }[] {
  const last = new Map<string, { email: string; role: string; row: ActivityRow }>();
  for (const row of [...rows].sort((a, b) => a.at.localeCompare(b.at))) {
    const gone = row.type === 'org_user_left' ? row.actorEmail : detailText(row, 'deleted_user_email');
    if (gone !== null) last.delete(address(gone));
    const email = row.type === 'claude_user_role_updated' ? detailText(row, 'user_email') : null;
    const role = (detailText(row, 'current_role') ?? '').replaceAll('_', ' ').toLowerCase();
    if (email === null) continue;
    last.delete(address(email));
    if (/^(?:primary )?owner$|^admin$/.test(role))
      last.set(address(email), { email: address(email), role, row });
  }
  return [...last.values()];
}

/** Outcome for people whom events made Owner or Admin since the members file and the charter does not name as such. */
export function raisedUnapproved(
  rows: readonly ActivityRow[],
  context: CheckContext,
  membersOn: string,
): Outcome | null {
  const { charter } = context;
  const [members, events] = [context.read('members'), context.events()];
  if (!charter.ok || !members.ok || !events.ok) return null;
  const { accountOwner, owners, admins } = charter.value;
  if (owners === undefined || admins === undefined) return null;
  const asOwner = [...owners, ...(accountOwner === undefined ? [] : [accountOwner])];
  // Include every later event: one that undid the change need not be among `rows`.
  const first = rows.map(({ at }) => at).sort()[0] ?? '';
  const raised = raisedBy(events.rows.filter(({ at }) => at >= first)).flatMap(({ email, role, row }) => {
    const member = members.rows.find((one) => address(one.email) === email);
    const own = new Set([email, ...(member === undefined ? [] : context.people().addressesOf(member))]);
    const approved = role === 'admin' ? [...asOwner, ...admins] : asOwner;
    if (approved.some((one) => own.has(address(one)))) return [];
    const by = byWhom(row, context.profile.timezone);
    const what = `became ${role}, by ${by}`;
    const label = member?.name ?? email;
    return [
      {
        key: email,
        label,
        what,
        detail: `${sentence(what)}; not approved`,
        evidence: [events.cite(row, what)],
      },
    ];
  });
  return raised.length === 0
    ? null
    : because(
        'accounts.approved_admins.raised_since',
        `Since the members file of ${dayWords(membersOn)} ${names(raised.map(({ label, what }) => `${label} ${what}`))}, and the charter does not approve it.`,
      ).fail(
        [
          ...members.evidence,
          ...raised.flatMap(({ evidence }) => evidence),
          charter.cite('owners', count(owners.length, 'approved owner')),
        ],
        raised,
      );
}
// Guide: G2.2-10
