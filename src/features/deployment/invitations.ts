import { type Invitation, invitationsIn } from '#domain/people/invitations.ts';
import { address, domainOf } from '#domain/people/names.ts';
import type { HandlerContext } from '../context.ts';
import type { TaskInput } from '../shared/services/tasks.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    claudeInvitations: typeof claudeInvitations;
  }
}

/** Each invitation to the Claude organization, derived from the lists of members. Runs in the deciding thread. */
export function claudeInvitations({ shared }: TaskInput): readonly Invitation[] {
  const { domains } = shared.input.profile;
  const history = shared
    .history('members')
    .filter(({ complete, observedOn }) => complete && observedOn <= shared.input.today)
    .sort((a, b) => (a.observedOn < b.observedOn ? -1 : 1));
  const people = shared.people();
  const open = people.ready.ok
    ? people.withoutSeat.flatMap(({ staff }): [string, string | null][] => {
        const own = staff.emails.map(address).find((one) => domains.includes(domainOf(one)));
        return own === undefined ? [] : [[own, staff.name]];
      })
    : [];
  return invitationsIn(history, new Map(open));
}

export async function listInvitations({ services, client }: HandlerContext) {
  const run = await services.verdicts.run(client.id, 'claudeInvitations', undefined);
  const items = [...(run?.result ?? [])];
  return { items, total: items.length };
}
// Guide: G2.2-09
