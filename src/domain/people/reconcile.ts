import type { Charter } from '../model/charter.ts';
import type { Current, Page } from '../model/rule.ts';
import type { Reconciliation } from './types.ts';

export interface ReconcileInput {
  readonly members: Current<'members'>;
  readonly roster: Current<'roster'>;
  readonly users: Current<'entra_users'>;
  readonly domains: readonly string[];
  readonly charter: Page<Charter>;
  readonly today: string;
}

export function reconcile(_input: ReconcileInput): Reconciliation {
  throw new Error('being written');
}
