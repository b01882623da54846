import type { Journal } from '../model/journal.ts';
import type { Kind } from '../model/kinds.ts';
import type { Current, Events } from '../model/rule.ts';
import { address, withoutTag } from '../people/names.ts';
import { staffOn } from '../people/staff.ts';
import type { RemovedEntries } from './cut-short.ts';

export interface DepartureSources {
  readonly journal: Journal | null;
  roster(): Current<'roster'>;
  events(): Events;
  readonly today: string;
}

/** Evidence that entries were removed from a list: the journal, the roster, and removal events. */
export function removedFrom(kind: Kind, beside: DepartureSources): RemovedEntries {
  if (kind === 'members') return { keys: new Set(goneMembers(beside).flatMap(addresses)), days: [] };
  const { journal } = beside;
  if (kind === 'roster') {
    const left = (journal?.offboardings ?? []).map(({ email }) => email);
    return { keys: new Set(left.flatMap(addresses)), days: [] };
  }
  if (kind !== 'connectors') return NOTHING;
  const days = [journal?.lockdown?.on, journal?.defaultConnectorsRemoved?.on];
  return { keys: new Set(), days: days.filter((day) => day !== undefined) };
}

const NOTHING: RemovedEntries = { keys: new Set(), days: [] };

function goneMembers({ journal, today, ...beside }: DepartureSources): readonly string[] {
  const [roster, events] = [beside.roster(), beside.events()];
  const works = roster.ok ? staffOn(roster.rows, today) : null;
  return [
    ...(journal?.offboardings ?? []).map(({ email }) => email),
    ...(roster.ok ? roster.rows : []).flatMap((row) => (works?.(row) === false ? row.emails : [])),
    ...(events.ok ? events.rows : []).flatMap(({ type, actorEmail, detail }) => {
      const email =
        type === 'org_user_left'
          ? actorEmail
          : type === 'org_user_deleted'
            ? detail.deleted_user_email
            : null;
      return typeof email === 'string' ? [email] : [];
    }),
  ];
}

function addresses(email: string): readonly string[] {
  return [address(email), withoutTag(address(email))];
}
