import type { z } from 'zod';
import { address } from '#domain/people/names.ts';
import type { MessageKind } from '#domain/personal-accounts/steps.ts';
import { PLACEHOLDERS } from '#domain/personal-accounts/texts.ts';
import type { HandlerContext } from '../../context.ts';
import { notFound } from '../../problems.ts';
import { NOT_LISTED } from '../act.ts';
import type { personalAccountsContract } from '../contract.ts';
import { wholeNow } from '../list.ts';
import { entryOf } from '../register.ts';
import { kindsFor } from './sending-rules.ts';
import { filled, templateOf, valuesOf, wordingOf, wordingsOf } from './texts.ts';

type Messages = (typeof personalAccountsContract)['messages'];
type Texts = z.input<NonNullable<Messages['texts']['~orpc']['outputSchema']>>;
type Preview = z.input<NonNullable<Messages['preview']['~orpc']['outputSchema']>>;

/** All messages in the client's wording, with that of the catalogue. */
export async function showTexts(context: HandlerContext): Promise<Texts> {
  const { client, services } = context;
  const { reading, settings, messages } = await wholeNow(context);
  const wordings = await context.read((tx) => wordingsOf(tx, services, client.id));
  return {
    items: wordings.map((wording) => {
      const template = templateOf(services, wording.kind);
      const entry = reading.entries.find((one) => kindsFor(one).includes(wording.kind)) ?? reading.entries[0];
      const values = valuesOf({ reading, settings, organization: client.name, entry: entry ?? null });
      // Without an account yet, name and address are missing, which is not a fault of the text.
      const any = { ...values, name: values.name ?? '-', address: values.address ?? '-' };
      return {
        kind: wording.kind,
        title: template.title,
        purpose: template.purpose,
        audience: template.audience,
        version: wording.version,
        subject: wording.subject,
        text: wording.text,
        written: wording.written,
        proposed: { subject: template.subject, text: template.text, asOf: template.asOf },
        sources: template.sources.map((source) => ({ ...source })),
        problem: filled(wording, any).problem,
        sent: messages.filter(({ kind, state }) => kind === wording.kind && state === 'sent').length,
      };
    }),
    placeholders: { ...PLACEHOLDERS },
  };
}

/** A message as one holder would receive it. */
export async function previewMessage(
  context: HandlerContext,
  { kind, account }: { readonly kind: MessageKind; readonly account?: string | undefined },
): Promise<Preview> {
  const { client, services } = context;
  const { reading, settings } = await wholeNow(context);
  const entry =
    account === undefined
      ? (reading.entries.find((one) => kindsFor(one).includes(kind)) ?? reading.entries[0])
      : entryOf(reading, address(account));
  if (account !== undefined && entry === undefined) throw notFound(NOT_LISTED);
  const about = templateOf(services, kind).audience === 'managers' ? null : (entry ?? null);
  const wording = await context.read((tx) => wordingOf(tx, services, client.id, kind));
  const values = valuesOf({ reading, settings, organization: client.name, entry: about });
  return { account: about?.key ?? null, ...filled(wording, values), values: { ...values } };
}
