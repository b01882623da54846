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

/** Days for which a list of members counts. */
const FRESH_DAYS = 30;

export interface ClaudeRoles {
  readonly read: {
    readonly on: string | null;
    readonly why: string | null;
    readonly howToGet: string | null;
  };
  /** Everyone with a seat; role null: the list does not say. */
  readonly members: readonly {
    readonly email: string;
    readonly name: string | null;
    readonly role: ClaudeRole | null;
    /** The invitation is not accepted, so nobody can act in the role yet. */
    readonly pending: boolean;
  }[];
}

/** Which role each member of the Claude organization holds, by the newest list of members. */
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
