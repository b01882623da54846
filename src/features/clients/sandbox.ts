import { parse } from 'yaml';
import { newestCharter } from '#store/charter/versions.ts';
import { associationActivities } from '../../../sandbox/alder/activities.ts';
import { daysTo, TIMEZONE } from '../../../sandbox/alder/shift.ts';
import { associationFiles } from '../../../sandbox/generate.ts';
import { charterOf, putDraft, withCells } from '../charter/index.ts';
import type { HandlerContext } from '../context.ts';
import { importFiles } from '../imports/index.ts';
import { present } from '../shared/moment.ts';
import { insertClient, profileFrom } from './create.ts';
import { addSandboxSinks } from './sandbox-sink.ts';

/**
 * Opens the sandbox association: the one that is there, else a new one whose files go through the same import as
 * anyone's. Its days are moved so that its files are fresh today,
 * by the association's own day: none of them is of a day that has not begun there.
 */
export async function openSandbox(context: HandlerContext) {
  const { services, now } = context;
  const there = await context.read((tx) =>
    tx
      .selectFrom('clients')
      .select(['id', 'slug', 'name', 'version'])
      .where('sandbox', '=', true)
      .executeTakeFirst(),
  );
  if (there)
    return { id: there.id, client: there.slug, name: there.name, sandbox: true, version: there.version };

  const { today } = present(now, TIMEZONE);
  const files = await associationFiles(daysTo(today));
  const { asOf: _, ...written } = parse(String(files.get('client.yaml'))) as Record<string, unknown>;
  const profile = profileFrom(written);
  const client = await context.change(async (tx, recorder) => {
    const created = await insertClient(tx, { name: profile.name, profile, sandbox: true, now });
    await recorder.record({
      chain: created.id,
      subject: { kind: 'client', id: created.id, name: profile.name },
      after: { name: profile.name, profile, sandbox: true },
    });
    return created;
  });
  await importFiles(services, {
    clientId: client.id,
    actor: context.actor,
    // The association is invented, and so are its approvers.
    documents: 'count',
    files: [...files]
      .filter(([name]) => name !== 'client.yaml')
      .map(([name, content]) => ({
        name,
        bytes: typeof content === 'string' ? Buffer.from(content, 'utf8') : content,
        modified: now,
      })),
  });
  await proposeSandboxDraft(context, client.id);
  await services.activityLog.append(client.id, associationActivities(now, today, profile.holidays));
  await addSandboxSinks(context, { id: client.id, name: profile.name });
  return { id: client.id, client: client.slug, name: profile.name, sandbox: true, version: client.version };
}

/** A draft of the charter that someone of the association sent for approval, so that approving can be tried. */
async function proposeSandboxDraft(context: HandlerContext, clientId: string): Promise<void> {
  await context.change(async (tx, recorder) => {
    const { exceptions = [], ...charter } = charterOf(await newestCharter(tx, clientId));
    const value = withCells(charter, [
      {
        connector: 'Asana',
        action: 'Create tasks',
        permission: 'allow',
        justification: 'Approved each time for months, never refused',
      },
      { connector: 'Microsoft 365 (SharePoint / OneDrive)', action: 'Update file', permission: 'blocked' },
    ]);
    await putDraft(tx, recorder, {
      clientId,
      value: {
        ...value,
        maxOwners: 2,
        exceptions: exceptions.filter(({ control }) => control !== 'CLA-CON-28'),
      },
      title: 'Asana without asking, files read only',
      reason:
        'Staff approve every task in Asana; no one changes files through Claude; the exception for the browser extension is over',
      origin: 'sandbox',
      by: { id: 'sandbox', name: 'Dana Whitlock (sandbox)' },
      now: context.now,
      propose: true,
    });
  });
}
