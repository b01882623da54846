import type { Journal } from '../model/journal.ts';
import { ownValue } from '../model/own-value.ts';
import type { Playbook } from '../model/playbook.ts';
import { incidentCode } from './words.ts';

type Listed = NonNullable<Journal['incidents']>[number];

/** An incident of the console, with the data that a journal would list. Days are in the client's time zone. */
export interface KeptIncident {
  readonly number: number;
  readonly plan: Pick<Playbook, 'id'> & { readonly steps: readonly Pick<Playbook['steps'][number], 'id'>[] };
  readonly noticedOn: string;
  /** null: still open. */
  readonly closedOn: string | null;
  /** Record of the step that decides on telling members; null: its playbook has no such step. */
  readonly notice: NoticeStep | null;
}

export interface NoticeStep {
  readonly state: string;
  readonly answers: Readonly<Record<string, string>>;
  readonly entries: readonly Readonly<Record<string, string>>[];
  /** Someone states that no jurisdiction is concerned. */
  readonly isNone: boolean;
}

/** The playbooks' step that decides on telling members. */
export const NOTICE_STEP = 'notify_members';

const TYPES: Readonly<Record<string, Listed['type']>> = {
  unauthorized_access: 'unauthorized_access',
  prompt_injection: 'prompt_injection',
  personal_upload: 'data_upload',
  credential_exposed: 'credential_exposed',
  agent_action: 'agent_action',
};

/**
 * Converts to a journal entry. An incident closed as resolved has every step settled, because it cannot be closed
 * otherwise. Whether members were told comes from the step's answers, not from the step being settled.
 */
export function asJournalEntry(incident: KeptIncident): Listed {
  const { number, plan, noticedOn, closedOn, notice } = incident;
  return {
    id: incidentCode(number, false),
    type: ownValue(TYPES, plan.id) ?? 'other',
    opened: noticedOn,
    ...(closedOn === null ? {} : { closed: closedOn, stepsDone: true }),
    membersNotified: notice === null ? 'not_needed' : noticeOf(notice),
  };
}

function noticeOf({ state, answers, entries, isNone }: NoticeStep): 'yes' | 'not_needed' | 'open' {
  if (state === 'left_out') return 'not_needed';
  if (state !== 'done') return 'open';
  if (answers.reached === 'no') return 'not_needed';
  const decisions = entries.map(({ decision, sent }) =>
    decision === 'not_required'
      ? 'not_needed'
      : decision === 'notify' && sent !== undefined && sent !== ''
        ? 'yes'
        : 'open',
  );
  if (decisions.includes('open') || (decisions.length === 0 && !isNone)) return 'open';
  return decisions.includes('yes') ? 'yes' : 'not_needed';
}
// Guide: G7.2-00 G7.2-04
