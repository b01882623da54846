import { createHash } from 'node:crypto';
import { stringify } from 'yaml';
import type { z } from 'zod';
import { type Journal, journalSchema } from '#domain/model/journal.ts';
import type { NoteEntry } from '#domain/model/journey.ts';
import { count, dayWords } from '#domain/text/words.ts';
import { present } from '../assess/moment.ts';
import type { HandlerContext, Services } from '../context.ts';
import { importFiles } from '../imports/import-files.ts';
import { badRequest, unprocessable } from '../problems.ts';
import { newestDocument } from './documents.ts';
import { whyLocked } from './locked.ts';
import type { journeyStandingSchema } from './schemas.ts';

type Shown = z.infer<typeof journeyStandingSchema>['tasks'][number]['writes'][number];

export interface Note {
  readonly entry: NoteEntry;
  readonly on: string;
  readonly by?: string | undefined;
  readonly recipients?: number | undefined;
  readonly arrived?: boolean | undefined;
  readonly note?: string | undefined;
}

interface Entry {
  readonly label: string;
  readonly asks: Shown['asks'];
  /** The day may lie ahead: it is due, not done. */
  readonly ahead?: true;
  add(journal: Journal, note: Note & { readonly by: string }): Journal;
  written(journal: Journal): string | null;
}

/** An entry that says on which day something was done, and by whom. A new one takes the place of the old one. */
function done(
  key:
    | 'connectorInventory'
    | 'defaultConnectorsRemoved'
    | 'lockdown'
    | 'sharePointAudit'
    | 'connectorConsent',
  label: string,
  asks: Shown['asks'] = ['by', 'note'],
): Entry {
  return {
    label,
    asks,
    add: (journal, { on, by, note }) => ({
      ...journal,
      [key]: { on, by, ...(note ? { note } : {}) },
    }),
    written: (journal) => {
      const entry = journal[key];
      return entry === undefined
        ? null
        : `${dayWords(entry.on)}, ${entry.by}${entry.note === undefined ? '' : `: ${entry.note}`}`;
    },
  };
}

function announcement(about: 'organisation_accounts' | 'policy', label: string): Entry {
  return {
    label,
    asks: ['by', 'recipients'],
    add: (journal, { on, by, recipients }) => ({
      ...journal,
      announcements: [
        ...(journal.announcements ?? []),
        { on, by, about, ...(recipients === undefined ? {} : { recipients }) },
      ],
    }),
    written: (journal) => {
      const all = (journal.announcements ?? []).filter((one) => one.about === about);
      const last = all.toSorted((a, b) => (a.on < b.on ? 1 : -1))[0];
      if (last === undefined) return null;
      const reached =
        last.recipients === undefined ? '' : `, to ${count(last.recipients, 'person', 'people')}`;
      return `${dayWords(last.on)}, ${last.by}${reached}${all.length > 1 ? `; ${all.length} in all` : ''}`;
    },
  };
}

function dayOnly(key: 'firstInvitation' | 'nextReview', label: string): Entry {
  return {
    label,
    asks: [],
    ahead: true,
    add: (journal, { on }) => ({ ...journal, [key]: on }),
    written: (journal) => (journal[key] === undefined ? null : dayWords(journal[key])),
  };
}

const ENTRIES: Readonly<Record<NoteEntry, Entry>> = {
  connectorInventory: done('connectorInventory', 'The connectors that staff want were listed'),
  announced: announcement('organisation_accounts', 'Staff were told of our accounts'),
  policyAnnounced: announcement('policy', 'The policy was sent to staff'),
  defaultConnectorsRemoved: done(
    'defaultConnectorsRemoved',
    'The connectors that were on before anyone chose them were removed',
  ),
  lockdown: done('lockdown', 'Connectors were locked down'),
  firstInvitation: dayOnly('firstInvitation', 'The first invitation to staff'),
  sharePointAudit: done('sharePointAudit', 'SharePoint permissions were audited'),
  connectorConsent: done('connectorConsent', 'The Microsoft 365 connector was consented to', [
    'account',
    'note',
  ]),
  siemTest: {
    label: 'A test event was sent to the SIEM',
    asks: ['by', 'arrived'],
    add: (journal, { on, by, arrived }) => ({ ...journal, siemTest: { on, by, arrived: arrived === true } }),
    written: ({ siemTest }) =>
      siemTest === undefined
        ? null
        : `${dayWords(siemTest.on)}, ${siemTest.by}: ${siemTest.arrived ? 'arrived' : 'did not arrive'}`,
  },
  nextReview: dayOnly('nextReview', 'The next governance review'),
};

/** What a task asks to be written down, and what the journal says of it now. */
export function notesOf(entries: readonly NoteEntry[], journal: Journal): Shown[] {
  return entries.map((entry) => {
    const { label, asks, ahead, written } = ENTRIES[entry];
    return { entry, label, asks, ahead: ahead === true, written: written(journal) };
  });
}

/** Who did it, and who says so where that is somebody else. */
function doneBy(stated: string | undefined, writer: string): string {
  return stated === undefined || stated === writer ? writer : `${stated} (as ${writer} wrote down)`;
}

/** The last writing of each client: two at a time would each leave out what the other wrote. */
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
 * Writes an entry into the journal: the journal as it stands, with the entry added, goes through the same import as a
 * file that somebody brings, so that it is kept as evidence and earlier versions stay.
 */
async function write(context: HandlerContext, note: Note) {
  const { services, client, actor, now } = context;
  const entry = ENTRIES[note.entry];
  const today = present(now, client.timezone).today;
  if (entry.ahead !== true && note.on > today)
    throw badRequest(
      `${dayWords(note.on)} is still to come. Today is ${dayWords(today)} at ${client.name}; write down what was done.`,
    );
  await services.verdicts.ensureCurrent([client.id]);
  const locked = await context.read((tx) => whyLocked(tx, services.catalogue, client.id, note.entry));
  if (locked !== null) throw unprocessable(`${locked} Nothing was written down.`);
  const by = entry.asks.includes('account') ? (note.by ?? actor.email) : doneBy(note.by, actor.name);
  const stored = await context.read((tx) => newestDocument(tx, client.id, 'journal'));
  const before = stored === null ? {} : journalSchema.parse(stored.value);
  const after = journalSchema.parse(entry.add(before, { ...note, by }));
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
      `The journal could not be written: ${preview.files[0]?.says ?? 'it was not taken'}. Nothing was changed.`,
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
