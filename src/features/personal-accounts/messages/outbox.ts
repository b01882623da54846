import { randomUUID } from 'node:crypto';
import type { Entry } from '#domain/personal-accounts/register.ts';
import type { MessageKind } from '#domain/personal-accounts/steps.ts';
import type { Tx } from '#store/open.ts';
import { endMessage, insertMessage } from '#store/personal-accounts/messages.ts';
import { addStep } from '#store/personal-accounts/steps.ts';
import type { RecordEntry } from '../../context.ts';
import type { Message } from '../../shared/services/mail.ts';

/** A claimed message: no one else sends it. */
export interface Claimed {
  readonly id: string;
  readonly account: string | null;
  readonly name: string | null;
  readonly kind: MessageKind;
  readonly wording: number;
  readonly mail: Message;
}

export interface Sender {
  /** null for Bylaw itself. */
  readonly id: string | null;
  readonly name: string;
}

interface Claim {
  readonly clientId: string;
  readonly kind: MessageKind;
  readonly wording: number;
  readonly entry: Entry | null;
  readonly name: string | null;
  readonly mail: Message;
  readonly how: 'mail' | 'hand';
  readonly by: Sender;
  readonly now: Date;
}

type Record = (entry: RecordEntry) => Promise<void>;

/** Records a message as started before it is sent. The caller must hold the lock of the client's campaign. */
export async function claim(tx: Tx, record: Record, claimed: Claim): Promise<Claimed> {
  const { clientId, kind, wording, entry, name, mail, how, by, now } = claimed;
  const id = randomUUID();
  const account = entry?.key ?? null;
  await insertMessage(tx, {
    client_id: clientId,
    id,
    account,
    kind,
    wording,
    recipient: mail.to,
    subject: mail.subject,
    body: mail.text,
    how,
    state: 'sending',
    why: null,
    begun_by: by.id,
    begun_by_name: by.name,
    begun_at: now,
    ended_at: null,
  });
  await record({
    subject: subjectOf({ account, name, mail }),
    before: entry === null ? null : { state: entry.state },
    after: { message: id, kind, wording, how, state: 'sending' },
  });
  return { id, account, name, kind, wording, mail };
}

interface End {
  readonly clientId: string;
  readonly message: Claimed;
  readonly how: 'mail' | 'hand';
  /** Why it was not sent; null if it was. */
  readonly why: string | null;
  readonly by: Sender;
  readonly now: Date;
  readonly day: string;
}

/**
 * Records the outcome of a message. A sent one becomes a step of its account and changes facts for verdicts; a failed
 * one leaves the account unchanged. Returns false, and changes nothing, if the outcome was already recorded.
 */
export async function end(tx: Tx, record: Record, ended: End): Promise<boolean> {
  const { clientId, message, how, why, by, now, day } = ended;
  const state = why === null ? 'sent' : 'failed';
  if (!(await endMessage(tx, clientId, message.id, { state, why, at: now }))) return false;
  if (why === null && message.account !== null) {
    await addStep(tx, clientId, {
      account: message.account,
      kind: 'contacted',
      at: now,
      day,
      made: how === 'mail' ? 'bylaw' : 'person',
      by_id: by.id,
      by_name: by.name,
      detail: JSON.stringify({ message: message.kind, how }),
      note: null,
    });
    await tx
      .updateTable('clients')
      .set((eb) => ({ facts_version: eb('facts_version', '+', 1) }))
      .where('id', '=', clientId)
      .execute();
  }
  await record({
    subject: subjectOf(message),
    reason: why,
    before: { message: message.id, state: 'sending' },
    after: { message: message.id, kind: message.kind, state },
  });
  return true;
}

function subjectOf({ account, name, mail }: Pick<Claimed, 'account' | 'name' | 'mail'>) {
  return account === null
    ? { kind: 'message', id: null, name: mail.to }
    : { kind: 'personal_account', id: account, name: name ?? account };
}
