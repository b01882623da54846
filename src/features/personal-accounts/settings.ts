import {
  type CampaignRow,
  changeCampaign,
  findCampaign,
  holdCampaign,
} from '#store/personal-accounts/campaigns.ts';
import type { HandlerContext } from '../context.ts';
import { conflict } from '../problems.ts';
import type { RegisterReading } from './reading.ts';

/** A client's settings for handling personal accounts. */
export interface Settings {
  readonly contactName: string | null;
  readonly contactAddress: string | null;
  readonly policyUrl: string | null;
  readonly reminders: boolean;
  readonly remindAfter: number;
  readonly maxReminders: number;
  readonly version: number;
  readonly changed: { readonly by: string; readonly at: string } | null;
}

export function settingsOf(row: CampaignRow | null): Settings {
  return {
    contactName: row?.contact_name ?? null,
    contactAddress: row?.contact_address ?? null,
    policyUrl: row?.policy_url ?? null,
    reminders: row?.reminders ?? false,
    remindAfter: row?.remind_after ?? 14,
    maxReminders: row?.most_reminders ?? 2,
    version: row?.version ?? 1,
    changed:
      row?.changed_by_name == null || row.changed_at === null
        ? null
        : { by: row.changed_by_name, at: row.changed_at.toISOString() },
  };
}

/**
 * Whom holders are told to ask: the contact in the settings, otherwise the charter's owner of the Claude account; null
 * if neither is known.
 */
export function contactOf(
  { contactName, contactAddress }: Settings,
  { accountOwner }: RegisterReading,
): { readonly name: string | null; readonly address: string } | null {
  const address = contactAddress ?? accountOwner;
  return address === null ? null : { name: contactAddress === null ? null : contactName, address };
}

type Wanted = Omit<Settings, 'changed'>;

export async function changeSettings(context: HandlerContext, wanted: Wanted): Promise<Settings> {
  const { client, actor, now, services } = context;
  const after = await context.change(async (tx, recorder) => {
    const row = await holdCampaign(tx, client.id);
    const before = settingsOf(row);
    if (row.version !== wanted.version)
      throw conflict('Someone else changed these settings in the meantime. Look at the current version.', {
        by: row.changed_by_name,
        at: row.changed_at,
        version: row.version,
      });
    await changeCampaign(tx, client.id, {
      contact_name: wanted.contactName,
      contact_address: wanted.contactAddress,
      policy_url: wanted.policyUrl,
      reminders: wanted.reminders,
      remind_after: wanted.remindAfter,
      most_reminders: wanted.maxReminders,
      version: row.version + 1,
      changed_by: actor.userId,
      changed_by_name: actor.name,
      changed_at: now,
    });
    const stored = settingsOf(await findCampaign(tx, client.id));
    const { version: _before, changed: _by, ...was } = before;
    const { version: _after, changed: _now, ...is } = stored;
    await recorder.record({ subject: { kind: 'campaign', id: client.id }, before: was, after: is });
    return stored;
  });
  services.events.publish({ client: client.id, topic: 'people', id: null });
  return after;
}
