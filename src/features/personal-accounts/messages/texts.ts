import type { MessageTemplate } from '#domain/model/message.ts';
import { domainOf } from '#domain/people/names.ts';
import type { Entry } from '#domain/personal-accounts/register.ts';
import { MESSAGE_KINDS, type MessageKind } from '#domain/personal-accounts/steps.ts';
import {
  fillText,
  PLACEHOLDERS,
  type Placeholder,
  unknownPlaceholders,
  type Values,
} from '#domain/personal-accounts/texts.ts';
import type { Tx } from '#store/open.ts';
import { holdCampaign } from '#store/personal-accounts/campaigns.ts';
import { allTexts, insertText } from '#store/personal-accounts/messages.ts';
import type { HandlerContext, Services } from '../../context.ts';
import { harmlessName } from '../../mail/index.ts';
import { badRequest, conflict } from '../../problems.ts';
import type { RegisterReading } from '../reading.ts';
import { nameOf } from '../register.ts';
import { contactOf, type Settings } from '../settings.ts';

/** The current wording of a message for a client. */
export interface Wording {
  readonly kind: MessageKind;
  /** 0: the catalogue's wording. */
  readonly version: number;
  readonly subject: string;
  readonly text: string;
  readonly written: { readonly by: string; readonly at: string } | null;
}

export function templateOf({ catalogue }: Pick<Services, 'catalogue'>, kind: MessageKind): MessageTemplate {
  const template = catalogue.messages.find(({ id }) => id === kind);
  if (template === undefined) throw new Error(`the catalogue has no message ${kind}`);
  return template;
}

/** The wording of every message, in order. */
export async function wordingsOf(
  tx: Tx,
  services: Pick<Services, 'catalogue'>,
  clientId: string,
): Promise<readonly Wording[]> {
  const own = await allTexts(tx, clientId);
  return MESSAGE_KINDS.map((kind) => {
    const newest = own.find((row) => row.kind === kind);
    if (newest !== undefined)
      return {
        kind,
        version: newest.version,
        subject: newest.subject,
        text: newest.body,
        written: { by: newest.written_by_name, at: newest.written_at.toISOString() },
      };
    const { subject, text } = templateOf(services, kind);
    return { kind, version: 0, subject, text, written: null };
  });
}

export async function wordingOf(
  tx: Tx,
  services: Pick<Services, 'catalogue'>,
  clientId: string,
  kind: MessageKind,
): Promise<Wording> {
  const found = (await wordingsOf(tx, services, clientId)).find((one) => one.kind === kind);
  if (found === undefined) throw new Error(`no wording of ${kind}`);
  return found;
}

/**
 * Stores a new wording of a message for this client. Earlier versions are kept, so that sent messages can be read as
 * they were.
 */
export async function editText(
  context: HandlerContext,
  input: {
    readonly kind: MessageKind;
    readonly version: number;
    readonly subject: string;
    readonly text: string;
  },
): Promise<Wording> {
  const { client, actor, now, services } = context;
  const { kind, subject, text } = input;
  const problem = unknownPlaceholders(`${subject}\n${text}`);
  if (problem !== null) throw badRequest(problem);
  const holder = HOLDERS_ONLY.filter((one) => fillText(`${subject} ${text}`, NOBODY).missing.includes(one));
  if (templateOf(services, kind).audience === 'managers' && holder.length > 0)
    throw badRequest(
      `A message to managers names no one, so it cannot contain ${holder.map((one) => `{${one}}`).join(', ')}.`,
    );
  return context.change(async (tx, recorder) => {
    await holdCampaign(tx, client.id);
    const before = await wordingOf(tx, services, client.id, kind);
    if (before.version !== input.version)
      throw conflict('Someone else edited this message in the meantime. Look at the current version.', {
        by: before.written?.by ?? null,
        at: before.written === null ? null : new Date(before.written.at),
        version: before.version,
      });
    if (before.subject === subject && before.text === text) {
      recorder.unchanged();
      return before;
    }
    const version = before.version + 1;
    await insertText(tx, {
      client_id: client.id,
      kind,
      version,
      subject,
      body: text,
      written_by: actor.userId,
      written_by_name: actor.name,
      written_at: now,
    });
    await recorder.record({
      subject: { kind: 'message_text', id: kind, name: templateOf(services, kind).title },
      before: { version: before.version, subject: before.subject, text: before.text },
      after: { version, subject, text },
    });
    return { kind, version, subject, text, written: { by: actor.name, at: now.toISOString() } };
  });
}

/** Placeholders that a message to managers must not contain. */
const HOLDERS_ONLY: readonly Placeholder[] = ['name', 'address'];
const NOBODY = Object.fromEntries(Object.keys(PLACEHOLDERS).map((key) => [key, null])) as Values;

interface ValuesOf {
  readonly reading: RegisterReading;
  readonly settings: Settings;
  readonly organization: string;
  /** null for a message that names no account. */
  readonly entry: Entry | null;
}

/** The values of placeholders. Names come from files, so they are made safe: no links and no line breaks. */
export function valuesOf({ reading, settings, organization, entry }: ValuesOf): Values {
  const contact = contactOf(settings, reading);
  const holder = entry === null ? null : nameOf(reading, entry);
  return {
    name: entry === null ? null : holder === null ? entry.key : harmlessName(holder),
    address: entry?.key ?? null,
    organization: harmlessName(organization),
    domain: entry === null ? (reading.domains[0] ?? null) : domainOf(entry.key),
    contact:
      contact === null
        ? null
        : contact.name === null
          ? contact.address
          : `${harmlessName(contact.name)} (${contact.address})`,
    policy: settings.policyUrl,
  };
}

/** Where to set the value of a placeholder that has none. */
export const WHERE_SET: Readonly<Record<Placeholder, string>> = {
  name: 'it is a message without an account',
  address: 'it is a message without an account',
  organization: 'the client has no name',
  domain: 'the client’s profile names no domain',
  contact: 'no contact is set for holders to ask: set one under Messages',
  policy: 'no address of the policy is set: set it under Messages',
};

export function missingWords(missing: readonly Placeholder[]): string | null {
  if (missing.length === 0) return null;
  const list = missing.map((one) => `{${one}}, and ${WHERE_SET[one]}`).join('; ');
  return `The text names ${list}. Or remove it from the text.`;
}

/** The message as it would be sent, or why it cannot be. */
export function filled(
  wording: Pick<Wording, 'subject' | 'text'>,
  values: Values,
): { readonly subject: string; readonly text: string; readonly problem: string | null } {
  const subject = fillText(wording.subject, values);
  const text = fillText(wording.text, values);
  return {
    subject: subject.text,
    text: text.text,
    problem: missingWords([...new Set([...subject.missing, ...text.missing])]),
  };
}
// Guide: G4.2-05
