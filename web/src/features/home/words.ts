import type { client } from '../../api.ts';

export type Home = Awaited<ReturnType<typeof client.home.get>>;
export type Task = NonNullable<Home['doNow']>[number];

export interface Lead {
  readonly label: string;
  readonly href: string;
}

/** The page on which a task is done, and the verb that leads there. */
export function leadOf(slug: string, task: Task): Lead {
  const here = `/c/${slug}`;
  const first = task.controls[0];
  switch (task.verb) {
    case 'import':
      return { label: 'Import', href: `${here}/imports` };
    case 'people':
      return { label: 'Open people', href: `${here}/people` };
    case 'attest':
      return { label: 'State', href: `${here}/attestations?new=${first?.id ?? 'choose'}` };
    case 'exception':
      return { label: 'Decide', href: `${here}/exceptions?panel=${task.subject ?? ''}` };
    case 'charter':
      return { label: 'Decide', href: `${here}/charter/${task.subject ?? ''}` };
    case 'answer':
      return { label: 'Answer', href: `${here}?answer=${task.subject ?? ''}` };
    case 'open_charter':
      return { label: 'Open charter', href: `${here}/charter` };
    case 'settings':
      return { label: 'Open settings', href: `${here}/settings` };
    case 'deployment':
      return { label: 'Open deployment', href: `${here}/deployment` };
    case 'request':
      return { label: 'Decide', href: `${here}/connectors/requests/${task.subject ?? ''}` };
    case 'claims':
      return { label: 'Decide', href: `${here}/attestations?tab=files` };
    case 'drift':
      return {
        label: 'Decide',
        href: `${here}/connectors/drift${task.subject === null ? '' : `?panel=${encodeURIComponent(task.subject)}`}`,
      };
    case 'alert':
      return { label: 'Open', href: `${here}/alerts${task.subject === null ? '' : `/${task.subject}`}` };
    case 'source':
      return { label: 'Open sources', href: `${here}/connections` };
    case 'sink':
      return { label: 'Open sinks', href: `${here}/connections/sinks` };
    case 'control':
      return { label: 'Open', href: `${here}/controls/${first?.short ?? ''}` };
  }
}
