import { randomUUID } from 'node:crypto';
import type { OwnType } from '#domain/incidents/own-type.ts';
import {
  changeOwnType,
  insertOwnType,
  type OwnTypeRow,
  ownTypes,
  removeOwnType,
} from '#store/incidents/own-types.ts';
import type { HandlerContext } from '../context.ts';
import { conflict, notFound } from '../problems.ts';
import { incidentTypes } from './types.ts';

/** Adds a type of incident. */
export async function addOwnType(context: HandlerContext, { type: value }: { readonly type: OwnType }) {
  const { client, actor, now } = context;
  const row: OwnTypeRow = {
    client_id: client.id,
    id: randomUUID(),
    value,
    made_by: actor.userId,
    made_by_name: actor.name,
    made_at: now,
    changed_by: actor.userId,
    changed_by_name: actor.name,
    changed_at: now,
    version: 1,
  };
  await context.change(async (tx, recorder) => {
    await insertOwnType(tx, row);
    await recorder.record({ subject: subjectOf(row), before: null, after: { ...value } });
  });
  return changed(context);
}

interface Which {
  readonly incidentType: string;
  readonly version: number;
}

/** Changes a type of incident. Open incidents keep the playbook that they were opened with. */
export async function changeType(context: HandlerContext, input: Which & { readonly type: OwnType }) {
  const { actor, now } = context;
  await context.change(async (tx, recorder) => {
    const row = (await ownTypes(tx, context.client.id)).find(({ id }) => id === input.incidentType);
    if (row === undefined) throw notFound();
    const next: OwnTypeRow = {
      ...row,
      value: input.type,
      changed_by: actor.userId,
      changed_by_name: actor.name,
      changed_at: now,
      version: input.version,
    };
    if (!(await changeOwnType(tx, next))) throw editConflict(row);
    await recorder.record({ subject: subjectOf(next), before: { ...row.value }, after: { ...input.type } });
  });
  return changed(context);
}

/** Removes a type of incident; no new incident can be opened with it. */
export async function removeType(context: HandlerContext, input: Which) {
  await context.change(async (tx, recorder) => {
    const row = (await ownTypes(tx, context.client.id)).find(({ id }) => id === input.incidentType);
    if (row === undefined) throw notFound();
    if (!(await removeOwnType(tx, context.client.id, row.id, input.version))) throw editConflict(row);
    await recorder.record({ subject: subjectOf(row), before: { ...row.value }, after: null });
  });
  return changed(context);
}

async function changed(context: HandlerContext) {
  context.services.events.publish({ client: context.client.id, topic: 'incidents', id: null });
  return { types: (await incidentTypes(context, {})).types };
}

function subjectOf({ id, value }: Pick<OwnTypeRow, 'id' | 'value'>) {
  return { kind: 'incident_type', id, name: value.title };
}

function editConflict(row: OwnTypeRow) {
  return conflict('Someone else changed this type in the meantime. Look at the current version.', {
    by: row.changed_by_name,
    at: row.changed_at,
    version: row.version,
  });
}
// Guide: G7.2-00
