import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { z } from 'zod';
import { count, dayWords } from '#domain/text/words.ts';
import {
  type AnnouncementRow,
  announcementMails,
  claimAnnouncement,
  endAnnouncement,
} from '#store/deployment/announcement.ts';
import { addEvidence } from '#store/evidence/evidence.ts';
import type { HandlerContext } from '../context.ts';
import { handOver } from '../mail/index.ts';
import { conflict, unprocessable } from '../problems.ts';
import { INVENTED } from '../shared/invented.ts';
import { present } from '../shared/moment.ts';
import { writeNote } from './note.ts';
import { recipientsNow } from './recipients.ts';
import type { announcedSchema, announcementSchema } from './schemas.ts';
import { showDeployment } from './show.ts';
import { deploymentJourney } from './status.ts';

type Announcement = z.infer<typeof announcementSchema>;
type Line = Announcement['lines'][number];

/** `how` of evidence that is the text of a sent announcement. */
const ANNOUNCEMENT_EVIDENCE = 'announcement';

interface Wanted {
  readonly subject: string;
  readonly text: string;
  /** Number of mails in the preview that the sender confirmed. */
  readonly mails: number;
}

/** The text, its recipients by mail, and who gets none and why. Sends nothing. */
export async function previewAnnouncement(context: HandlerContext): Promise<Announcement> {
  const { services, client } = context;
  const { people, why, rosterOn } = (await recipientsNow(context)) ?? {
    people: null,
    why: 'Your role does not include people.',
    rosterOn: null,
  };
  const sent = await context.read((tx) => announcementMails(tx, client.id));
  const lines = people === null ? null : linesOf(people, sent);
  return {
    subject: `Claude at ${client.name}`,
    text: await textOf(context),
    lines: lines ?? [],
    mails: lines?.filter(({ state }) => state === 'to_send').length ?? null,
    rosterOn,
    why:
      lines === null
        ? `It is not known who has to receive it. ${why ?? ''}`.trim()
        : await cannotSend(services, client),
  };
}

/** The message of the task that informs staff, filled in with the client's name and domain. */
async function textOf(context: HandlerContext): Promise<string> {
  const journey = deploymentJourney(context.services.catalogue);
  const task = journey.tasks.find(({ writes }) => writes.includes('announced'));
  const shown = (await showDeployment(context)).tasks.find(({ id }) => id === task?.id);
  return shown?.copies.find(({ kind }) => kind === 'message')?.text ?? '';
}

async function cannotSend(
  { mail }: Pick<HandlerContext['services'], 'mail'>,
  { sandbox }: Pick<HandlerContext['client'], 'sandbox'>,
): Promise<string | null> {
  if (sandbox) return INVENTED;
  return (await mail.configured())
    ? null
    : 'Mail is not set up. An Owner can set it up under Settings. Until then, send the message manually and record it.';
}

type Person = NonNullable<NonNullable<Awaited<ReturnType<typeof recipientsNow>>>['people']>[number];

/**
 * Each address once. Mail goes only to the client's own domains; people with a private address are listed as left out.
 */
function linesOf(people: readonly Person[], sent: readonly AnnouncementRow[]): Line[] {
  const byAddress = new Map(sent.map((row) => [row.address, row]));
  const seen = new Set<string>();
  return people.flatMap(({ name, address, note, ours }): Line[] => {
    if (address !== null && seen.has(address)) return [];
    if (address !== null) seen.add(address);
    const row = address === null ? undefined : byAddress.get(address);
    const line = { name, address, why: note };
    if (address === null || !ours) return [{ ...line, state: 'left_out' }];
    if (row === undefined) return [{ ...line, state: 'to_send' }];
    if (row.state === 'failed')
      return [{ ...line, state: 'to_send', why: `It failed before: ${row.why ?? ''}`.trim() }];
    return [
      row.state === 'sent'
        ? { ...line, state: 'sent', why: `Sent by ${row.begun_by_name}.` }
        : {
            ...line,
            state: 'not_known',
            why: 'It was started, and its outcome is not known. It is not sent again.',
          },
    ];
  });
}

/**
 * Sends the announcement, one email to each address that has not had one, and keeps the text and the list as evidence.
 * Each mail is claimed before sending and its outcome recorded after, so that none goes out twice. The number of
 * recipients reached is written to the journal, where it is compared with the roster. Throws if sending is not possible
 * or the list differs from the one that was confirmed.
 */
export async function sendAnnouncement(
  context: HandlerContext,
  { subject, text, mails }: Wanted,
): Promise<z.infer<typeof announcedSchema>> {
  const { services, client, actor, now } = context;
  const found = await previewAnnouncement(context);
  if (found.why !== null) throw unprocessable(found.why);
  const due = found.lines.flatMap(({ address, name, state }) =>
    state === 'to_send' && address !== null ? [{ address, name }] : [],
  );
  if (due.length !== mails)
    throw conflict(
      `${count(due.length, 'email')} would go out now, and ${mails} were confirmed. Look at the list again.`,
      { by: null, at: null, version: 0 },
    );
  if (due.length === 0)
    throw unprocessable('Everyone with an address on our domains has already been notified.');
  const { today } = present(now, client.timezone);
  const to = due.map(({ address }) => `  ${address}`).join('\n');
  const bytes = Buffer.from(
    `Subject: ${subject}\n\n${text}\n\nOn ${dayWords(today)}, one email to each of ${count(due.length, 'address', 'addresses')}:\n${to}\n`,
    'utf8',
  );
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const stored = await services.blobs.put(Readable.from([bytes]), { maxBytes: bytes.length });
  const claimed = await context.change(async (tx, recorder) => {
    await addEvidence(tx, client.id, [
      {
        ...stored,
        name: `announcement-${today}.txt`,
        mediaType: 'text/plain',
        how: ANNOUNCEMENT_EVIDENCE,
        addedBy: actor.userId,
        addedByName: actor.name,
        addedAt: now,
      },
    ]);
    const mine: typeof due = [];
    for (const one of due) {
      const begun = await claimAnnouncement(tx, client.id, {
        ...one,
        evidence: sha256,
        by: { id: actor.userId, name: actor.name },
        at: now,
      });
      if (begun) mine.push(one);
    }
    await recorder.record({
      subject: { kind: 'announcement', id: sha256, name: subject },
      after: { text: sha256, begun: mine.map(({ address }) => address) },
    });
    return mine;
  });
  const failed: { address: string; name: string | null; why: string }[] = [];
  const sent: string[] = [];
  await handOver(
    services,
    claimed.map((one) => ({ ...one, mail: { to: one.address, subject, text, replyTo: actor.email } })),
    async ({ address, name }, why) => {
      if (why === null) sent.push(address);
      else failed.push({ address, name, why });
      await context.change(async (tx, recorder) => {
        await endAnnouncement(tx, client.id, address, { why, at: services.clock() });
        await recorder.record({
          subject: { kind: 'announcement', id: sha256, name: address },
          reason: why,
          after: { address, state: why === null ? 'sent' : 'failed' },
        });
      });
    },
  );
  const known = await context.read((tx) => announcementMails(tx, client.id));
  const reached = known.filter(({ state }) => state === 'sent').length;
  if (sent.length > 0) await writeNote(context, { entry: 'announced', on: today, recipients: reached });
  services.events.publish({ client: client.id, topic: 'deployment', id: null });
  return {
    sent: sent.toSorted(),
    failed: failed.toSorted((a, b) => (a.address < b.address ? -1 : 1)),
    reached,
    sha256,
  };
}
// Guide: G2.1-06
