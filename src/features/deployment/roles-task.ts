import { contextFor } from '#domain/decide/context.ts';
import type { ClaudeRole } from '#domain/model/kinds.ts';
import { address } from '#domain/people/names.ts';
import { holdsSeat } from '#domain/people/reconcile.ts';
import type { TaskInput } from '../shared/services/tasks.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    claudeRoles: typeof claudeRoles;
  }
}

/** Age in days up to which a list of members is current. */
const FRESH_DAYS = 30;

export interface ClaudeRoles {
  readonly read: {
    readonly on: string | null;
    readonly why: string | null;
    readonly howToGet: string | null;
  };
  /** Everyone with a seat; `role` is null if the list does not state it. */
  readonly members: readonly {
    readonly email: string;
    readonly name: string | null;
    readonly role: ClaudeRole | null;
    /** The invitation is not accepted yet, so the person cannot act in the role. */
    readonly pending: boolean;
  }[];
}

/** The role of each member of the Claude organization, from the newest list of members. */
export function claudeRoles({ shared }: TaskInput): ClaudeRoles | null {
  const control = shared.input.catalogue.controls.find(({ checks }) =>
    checks.some(({ rule }) => rule === 'owner-count'),
  );
  if (control === undefined) return null;
  const members = contextFor(shared, control, FRESH_DAYS).read('members');
  if (!members.ok)
    return { read: { on: null, why: members.why, howToGet: members.howToGet.text }, members: [] };
  return {
    read: { on: members.observedOn, why: null, howToGet: null },
    members: members.rows.filter(holdsSeat).map(({ email, name, role, status }) => ({
      email: address(email),
      name,
      role,
      pending: status === 'invited',
    })),
  };
}
// Guide: G1.1-01
