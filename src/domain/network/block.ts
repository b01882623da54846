import type { Journal } from '../model/journal.ts';
import type { ProbeAnswer, ProbeOutcome } from './probe.ts';

/** Sides of a block: a network from which Claude must be unreachable, and a device that must get past the block. */
export const BLOCK_SIDES = ['guest', 'managed'] as const;
export type BlockSide = (typeof BLOCK_SIDES)[number];

/**
 * Result of testing a block: Claude is blocked there · reachable there · a managed device gets through · it is shut
 * out.
 */
export const BLOCK_VERDICTS = ['closed', 'open', 'gets_through', 'shut_out'] as const;
export type BlockVerdict = (typeof BLOCK_VERDICTS)[number];

/** null: the result shows nothing. */
export function blockVerdict(side: BlockSide, outcome: ProbeOutcome | undefined): BlockVerdict | null {
  if (outcome === 'allowed') return side === 'guest' ? 'open' : 'gets_through';
  if (outcome === 'blocked') return side === 'guest' ? 'closed' : 'shut_out';
  return null;
}

/** Answer of one host. `claude`: an answer that only Claude's API gives. */
export interface HostAnswer {
  readonly host: string;
  readonly claude: boolean;
  readonly answer: ProbeAnswer;
}

/**
 * blocked: no host was reachable · allowed: Claude itself answered, and no host is blocked · unclear: anything else,
 * such as a gateway's page or a certificate that is not Claude's. A network that blocks only some hosts neither blocks
 * guests nor lets managed devices through.
 *
 * @param works Whether the network was shown to work at all; otherwise nothing would be reachable anyway.
 */
export function blockOutcome(answers: readonly HostAnswer[], side: BlockSide, works: boolean): ProbeOutcome {
  const closed = answers.filter(({ answer }) => answer.is === 'none' && answer.why !== 'certificate');
  if (answers.length > 0 && closed.length === answers.length) return works ? 'blocked' : 'unclear';
  if (!answers.some(({ claude }) => claude)) return 'unclear';
  if (closed.length === 0 || side === 'guest') return 'allowed';
  return 'blocked';
}

type Entry = NonNullable<Journal['networkBlockProbe']>;

export interface BlockTest {
  readonly side: BlockSide;
  readonly place: string;
  readonly shows: BlockVerdict;
  /** YYYY-MM-DD. */
  readonly on: string;
  readonly by: string;
}

/**
 * Combined result of the tests, with the journal as one more place: for each place and side its newest day, and the
 * worst result of that day and of all places. null: no test was made, or one side was never tried.
 */
export function countingBlock(tests: readonly BlockTest[], written: Entry | null): Entry | null {
  if (tests.length === 0) return null;
  const all = [...tests, ...(written === null ? [] : ofJournal(written))];
  const guest = worst(all.filter(({ side }) => side === 'guest'));
  const managed = worst(all.filter(({ side }) => side === 'managed'));
  if (guest === null || managed === null) return null;
  return {
    on: guest.on < managed.on ? guest.on : managed.on,
    by: [...new Set([guest.by, managed.by])].join(' and '),
    guestNetwork: guest.shows === 'open' ? 'allowed' : 'blocked',
    managedDevice: managed.shows === 'shut_out' ? 'blocked' : 'allowed',
  };
}

function ofJournal({ on, by, guestNetwork, managedDevice }: Entry): BlockTest[] {
  return [
    { side: 'guest', place: '', shows: guestNetwork === 'allowed' ? 'open' : 'closed', on, by },
    { side: 'managed', place: '', shows: managedDevice === 'blocked' ? 'shut_out' : 'gets_through', on, by },
  ];
}

const isBad = ({ shows }: BlockTest): boolean => shows === 'open' || shows === 'shut_out';

function worst(tests: readonly BlockTest[]): BlockTest | null {
  const places = Map.groupBy(tests, ({ place }) => place.trim().toLowerCase());
  const last = [...places.values()].flatMap((ofPlace) => {
    const day = ofPlace.reduce((newest, { on }) => (on > newest ? on : newest), '');
    const ofDay = ofPlace.filter(({ on }) => on === day);
    return ofDay.find(isBad) ?? ofDay[0] ?? [];
  });
  const newest = last.toSorted((a, b) => (a.on < b.on ? 1 : -1))[0];
  return last.find(isBad) ?? newest ?? null;
}
// Guide: G4.4-07
