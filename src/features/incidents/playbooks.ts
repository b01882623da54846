import { ownPlaybook } from '#domain/incidents/own-type.ts';
import type { Playbook } from '#domain/model/playbook.ts';
import { type OwnTypeRow, ownTypes } from '#store/incidents/own-types.ts';
import type { HandlerContext } from '../context.ts';
import { present } from '../shared/moment.ts';

/** A playbook, with the row of the client that defines it; null: it is from the catalogue. */
export interface Known {
  readonly playbook: Playbook;
  readonly own: OwnTypeRow | null;
}

/** The playbooks of the catalogue and those that the client defined. */
export async function playbooksOf(context: HandlerContext): Promise<readonly Known[]> {
  const { services, client } = context;
  const rows = await context.read((tx) => ownTypes(tx, client.id));
  return [
    ...services.catalogue.playbooks.map((playbook) => ({ playbook, own: null })),
    ...rows.map((own) => {
      const revised = present(own.changed_at, client.timezone).today;
      return { playbook: ownPlaybook(services.catalogue, { id: own.id, revised, type: own.value }), own };
    }),
  ];
}
// Guide: G7.2-00
