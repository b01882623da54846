import { createHash } from 'node:crypto';
import { stringify } from 'yaml';
import { charterSchema } from '#domain/model/charter.ts';
import { journalSchema, LOCKDOWN_VARIANTS } from '#domain/model/journal.ts';
import type { NoteEntry } from '#domain/model/journey.ts';
import { dayWords } from '#domain/text/words.ts';
import { findEvidence } from '#store/evidence/evidence.ts';
import type { HandlerContext, Services } from '../context.ts';
import { patternsVersion } from '../dlp/index.ts';
import { importFiles } from '../imports/index.ts';
import { badRequest, unprocessable } from '../problems.ts';
import { present } from '../shared/moment.ts';
import { newestDocument } from './documents.ts';
import { ENTRIES, type Note } from './entries.ts';
import { whyLocked } from './locked.ts';

/** Who did it, and who recorded it if that is someone else. */
function doneBy(stated: string | undefined, writer: string): string {
  return stated === undefined || stated === writer ? writer : `${stated} (as recorded by ${writer})`;
}

/**
 * Last write of each client, per store. Writes are queued, because concurrent ones would overwrite each other's entry.
 */
const writing = new WeakMap<Services['store'], Map<string, Promise<unknown>>>();

export async function writeNote(context: HandlerContext, note: Note) {
  const { services, client } = context;
  const all = writing.get(services.store) ?? new Map<string, Promise<unknown>>();
  writing.set(services.store, all);
  const mine = (all.get(client.id) ?? Promise.resolve())
    .catch(() => undefined)
    .then(() => write(context, note));
  all.set(client.id, mine);
  try {
    return await mine;
  } finally {
    if (all.get(client.id) === mine) all.delete(client.id);
  }
}

/**
 * Writes an entry to the journal: the current journal with the entry added is imported like a file that a person
 * uploads, so that it is kept as evidence together with earlier versions.
 */
async function write(context: HandlerContext, note: Note) {
  const { services, client, actor, now } = context;
  const entry = ENTRIES[note.entry];
  const today = present(now, client.timezone).today;
  if (entry.ahead !== true && note.on > today)
    throw badRequest(
      `${dayWords(note.on)} is in the future. Today is ${dayWords(today)} at ${client.name}; record what has been done.`,
    );
  const by = entry.asks.includes('account') ? (note.by ?? actor.email) : doneBy(note.by, actor.name);
  const stored = await context.read((tx) => newestDocument(tx, client.id, 'journal'));
  const before = stored === null ? {} : journalSchema.parse(stored.value);
  await services.verdicts.ensureCurrent([client.id]);
  const locked = await context.read((tx) =>
    whyLocked(tx, services.catalogue, client.id, note.entry, before, now),
  );
  if (locked !== null) throw unprocessable(`${locked} Nothing was recorded.`);
  refuseWhatIsNotAsked(entry, note);
  const file = note.evidence === undefined ? null : await fileOf(context, note.evidence);
  const patterns = note.patterns ?? patternsVersion(services.catalogue);
  const policyVersion = await policyOutOn(context, note.on);
  const after = journalSchema.parse(entry.add(before, { ...note, by, file, policyVersion, patterns }));
  const bytes = Buffer.from(
    `# Bylaw journal. Written in the console by ${JSON.stringify(actor.name)} on ${today}.\n${stringify(after, { lineWidth: 110 })}`,
    'utf8',
  );
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { id, preview } = await importFiles(services, {
    clientId: client.id,
    actor,
    documents: 'count',
    files: [{ name: `journal-${today}.yaml`, bytes, modified: now }],
  });
  const says = entry.written(after) ?? '';
  const kept = await context.read((tx) => newestDocument(tx, client.id, 'journal'));
  if (kept === null)
    throw unprocessable(
      `The journal could not be written: ${preview.files[0]?.says ?? 'it was not accepted'}. Nothing was changed.`,
    );
  await context.change((_tx, recorder) =>
    recorder.record({
      subject: { kind: 'import', id, name: `Journal: ${entry.label}` },
      reason: note.note ?? null,
      before: stored === null ? null : { says: entry.written(before) },
      after: { entry: note.entry, says, sha256 },
    }),
  );
  services.events.publish({ client: client.id, topic: 'deployment', id: note.entry });
  return { entry: note.entry, says, sha256 };
}

/** Version of the policy in the charter, if it was published by that day. */
async function policyOutOn({ client, read }: HandlerContext, day: string): Promise<string | null> {
  const stored = await read((tx) => newestDocument(tx, client.id, 'charter'));
  const policy = stored === null ? undefined : charterSchema.parse(stored.value).policy;
  return policy !== undefined && policy.published <= day ? policy.version : null;
}

/** Requires the fields that the entry needs, and refuses others instead of silently ignoring them. */
function refuseWhatIsNotAsked({ asks, label }: (typeof ENTRIES)[NoteEntry], note: Note): void {
  if (asks.includes('variant') && note.variant === undefined)
    throw badRequest(
      `Say which variant applies (variant): ${LOCKDOWN_VARIANTS.join(' or ')}. added_only: this console offers no restriction switch, and members can use only connectors that an Owner has added. switch: it offers one, and it is on.`,
    );
  if (asks.includes('evidence') && note.evidence === undefined)
    throw badRequest(
      'Name the file that shows it (evidence): add a screenshot of the connectors page to the evidence, and give its SHA-256.',
    );
  for (const field of ['variant', 'evidence', 'patterns', 'blocked'] as const)
    if (note[field] !== undefined && !asks.includes(field))
      throw badRequest(`“${label}” does not take ${field}. Leave it out.`);
}

async function fileOf({ client, read }: HandlerContext, sha256: string) {
  const found = await read((tx) => findEvidence(tx, client.id, sha256));
  if (found === null)
    throw unprocessable(
      `No evidence of ${client.name} has the address ${sha256.slice(0, 12)}… Upload the file first.`,
    );
  return { name: found.name, sha256 };
}
// Guide: G2.1-03 G2.1-06 G2.2-14
