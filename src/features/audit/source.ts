import { WORKSPACE } from '#store/audit.ts';
import type { Tx } from '#store/open.ts';
import type { ActionTitles, HandlerContext } from '../context.ts';

/** A chain and who asks for it. */
export interface Source {
  readonly chain: string;
  /** Zone in which days of filters are meant and times are written. */
  readonly zone: string;
  /** Name of the client; null for the workspace. */
  readonly name: string | null;
  readonly client: { readonly id: string; readonly slug: string; readonly name: string } | null;
  readonly person: string;
  readonly now: Date;
  readonly titles: ActionTitles;
  readonly read: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
}

export function clientSource(context: HandlerContext): Source {
  const { id, slug, name, timezone } = context.client;
  return { chain: id, zone: timezone, name, client: { id, slug, name }, ...askedBy(context) };
}

/** The workspace has no place of its own: its days are those of UTC. */
export function workspaceSource(context: Asking): Source {
  return { chain: WORKSPACE, zone: 'UTC', name: null, client: null, ...askedBy(context) };
}

type Asking = Pick<HandlerContext, 'actor' | 'now' | 'read' | 'services'>;

function askedBy({ actor, now, read, services }: Asking) {
  return { person: actor.name, now, read, titles: services.actionTitles };
}
