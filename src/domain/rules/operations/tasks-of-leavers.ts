import type { CheckContext } from '../../model/rule.ts';

/** The five tasks of guide 6.6, each with the number of days after the last day when it is due. */
const TASKS = {
  entra: {
    field: 'entraDisabled',
    days: 0,
    words: 'Entra account disabled',
    open: 'Entra account still enabled',
  },
  mfa: { field: 'mfaRevoked', days: 0, words: 'MFA devices revoked', open: '' },
  claude: { field: 'claudeRemoved', days: 0, words: 'Claude seat removed', open: 'Claude seat still held' },
  connectors: { field: 'connectorsRevoked', days: 7, words: 'connector sign-ins revoked', open: '' },
  projects: { field: 'projectsHandedOver', days: 14, words: 'projects handed over', open: '' },
} as const;
export type TaskId = keyof typeof TASKS;
export const TASK_IDS = ['entra', 'mfa', 'claude', 'connectors', 'projects'] as const;

interface Task {
  /** Field of the journal with its day. */
  readonly field: (typeof TASKS)[TaskId]['field'];
  readonly days: number;
  readonly words: string;
  /** Words for a task that a reading shows as not done. */
  readonly open: string;
}
export type Tasks = Readonly<Record<TaskId, Task>>;

const ELSEWHERE = { words: 'work account disabled', open: 'work account still enabled' };

/** The tasks for this client: without Microsoft 365, the account is in another directory than Entra. */
export function tasksOf({ profile }: Pick<CheckContext, 'profile'>): Tasks {
  const none = Array.isArray(profile.m365) && profile.m365.length === 0;
  return none ? { ...TASKS, entra: { ...TASKS.entra, ...ELSEWHERE } } : TASKS;
}
// Guide: G6.6-01
