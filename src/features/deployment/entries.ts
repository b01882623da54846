import type { z } from 'zod';
import { type Journal, LOCKDOWN_VARIANTS, type LockdownVariant } from '#domain/model/journal.ts';
import type { NoteEntry } from '#domain/model/journey.ts';
import { count, dayWords } from '#domain/text/words.ts';
import type { journeyStatusSchema } from './schemas.ts';

type Shown = z.infer<typeof journeyStatusSchema>['tasks'][number]['writes'][number];

export interface Note {
  readonly entry: NoteEntry;
  readonly on: string;
  readonly by?: string | undefined;
  readonly recipients?: number | undefined;
  readonly arrived?: boolean | undefined;
  readonly blocked?: boolean | undefined;
  /** Version of the patterns. Left out: the current one. */
  readonly patterns?: string | undefined;
  readonly note?: string | undefined;
  readonly variant?: LockdownVariant | undefined;
  /** SHA-256 of the evidence file that shows it. */
  readonly evidence?: string | undefined;
}

/** A note after validation: with the person who did it, and the file that shows it. */
type Settled = Omit<Note, 'evidence' | 'patterns'> & {
  readonly by: string;
  readonly file: { readonly name: string; readonly sha256: string } | null;
  /** Version of the policy published on that day; null if the charter does not state it. */
  readonly policyVersion: string | null;
  readonly patterns: string;
};

interface Entry {
  readonly label: string;
  readonly asks: Shown['asks'];
  /** The day may be in the future: it is a due date, not the day on which something was done. */
  readonly ahead?: true;
  add(journal: Journal, note: Settled): Journal;
  written(journal: Journal): string | null;
}

/**
 * A journal entry with the day on which something was done and the person who did it. A new one replaces the old one.
 */
function done(
  key: 'connectorInventory' | 'defaultConnectorsRemoved' | 'sharePointAudit' | 'connectorConsent',
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

function announcement(about: 'organization_accounts' | 'policy', label: string): Entry {
  return {
    label,
    asks: ['by', 'recipients'],
    add: (journal, { on, by, recipients, policyVersion }) => ({
      ...journal,
      announcements: [
        ...(journal.announcements ?? []),
        {
          on,
          by,
          about,
          ...(about === 'policy' && policyVersion !== null ? { version: policyVersion } : {}),
          ...(recipients === undefined ? {} : { recipients }),
        },
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

/** What keeps members from using unapproved connectors; the note says which variant applies to the client. */
const VARIANTS: Readonly<Record<LockdownVariant, string>> = {
  added_only: 'members can use only connectors that an Owner has added; this console offers no switch',
  switch: 'this console offers a restriction switch, and it is on',
};

export const ENTRIES: Readonly<Record<NoteEntry, Entry>> = {
  connectorInventory: done('connectorInventory', 'The connectors that staff want were listed'),
  announced: announcement('organization_accounts', 'Staff were informed about our accounts'),
  policyAnnounced: announcement('policy', 'The policy was sent to staff'),
  defaultConnectorsRemoved: done(
    'defaultConnectorsRemoved',
    'The connectors that were on before anyone chose them were removed',
  ),
  lockdown: {
    label: 'Connectors were locked down',
    asks: ['by', 'variant', 'evidence', 'note'],
    add: (journal, { on, by, note, variant, file }) => ({
      ...journal,
      lockdown: {
        on,
        by,
        ...(note ? { note } : {}),
        ...(variant === undefined ? {} : { variant }),
        ...(file === null ? {} : { file: file.name, sha256: file.sha256 }),
      },
    }),
    written: ({ lockdown }) =>
      lockdown === undefined
        ? null
        : [
            `${dayWords(lockdown.on)}, ${lockdown.by}`,
            lockdown.variant === undefined ? 'the variant is not stated' : VARIANTS[lockdown.variant],
            lockdown.file === undefined ? 'no file shows it' : `shown by ${lockdown.file}`,
            ...(lockdown.note === undefined ? [] : [lockdown.note]),
          ].join('; '),
  },
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
  sessionPolicy: {
    label: 'The session policy was entered in the Defender portal',
    asks: ['by', 'patterns', 'note'],
    add: (journal, { on, by, patterns, note }) => ({
      ...journal,
      sessionPolicy: { on, by, patterns, ...(note ? { note } : {}) },
    }),
    written: ({ sessionPolicy: made }) =>
      made === undefined ? null : `${dayWords(made.on)}, ${made.by}: patterns of version ${made.patterns}`,
  },
  uploadTest: {
    label: 'An upload of fake member data was tried',
    asks: ['by', 'blocked', 'note'],
    add: (journal, { on, by, blocked, note }) => ({
      ...journal,
      dlpTest: { on, by, blocked: blocked === true, ...(note ? { note } : {}) },
    }),
    written: ({ dlpTest }) =>
      dlpTest === undefined
        ? null
        : `${dayWords(dlpTest.on)}, ${dlpTest.by}: ${dlpTest.blocked ? 'blocked' : 'not blocked'}`,
  },
  nextReview: dayOnly('nextReview', 'The next governance review'),
};

/** The entries that a task asks for, with what the journal contains of each now. */
export function notesOf(entries: readonly NoteEntry[], journal: Journal): Shown[] {
  return entries.map((entry) => {
    const { label, asks, ahead, written } = ENTRIES[entry];
    const lockdown = entry === 'lockdown' ? journal.lockdown : undefined;
    return {
      entry,
      label,
      asks,
      ahead: ahead === true,
      written: written(journal),
      variants: asks.includes('variant')
        ? LOCKDOWN_VARIANTS.map((value) => ({ value, words: capital(VARIANTS[value]) }))
        : [],
      variant: lockdown?.variant ?? null,
      evidence:
        lockdown?.file === undefined ? null : { name: lockdown.file, sha256: lockdown.sha256 ?? null },
    };
  });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
// Guide: G2.2-14
