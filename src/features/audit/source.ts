import { WORKSPACE } from '#store/audit.ts';
import type { Tx } from '#store/open.ts';
import type { Secured } from '../context.ts';

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
  readonly read: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
}

export function clientSource({ client, actor, now, read }: Secured): Source {
  const { id, slug, name, timezone } = client;
  return { chain: id, zone: timezone, name, client: { id, slug, name }, person: actor.name, now, read };
}

/** The workspace has no place of its own: its days are those of UTC. */
export function workspaceSource({ actor, now, read }: Pick<Secured, 'actor' | 'now' | 'read'>): Source {
  return { chain: WORKSPACE, zone: 'UTC', name: null, client: null, person: actor.name, now, read };
}
