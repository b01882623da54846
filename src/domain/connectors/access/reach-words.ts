import { count, dayWords, names, sentence } from '../../text/words.ts';
import { dataWords } from '../words.ts';
import type { Links, Reach, SystemReach } from './reach.ts';

/** Readers of the page: those responsible for the organization, or those who work with Claude. */
export const AUDIENCES = ['leadership', 'staff'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** A system with sentences about it. */
export interface Reported {
  readonly id: string;
  readonly name: string;
  readonly lines: readonly string[];
}

export interface Unreported {
  /** Names of the systems concerned; empty: all. */
  readonly systems: readonly string[];
  readonly words: string;
  /** How to find out; null: no known way. */
  readonly howTo: string | null;
}

export interface ReachText {
  readonly gates: readonly { readonly title: string; readonly words: string }[];
  readonly reaches: readonly Reported[];
  /** Let through by the organization, but it is unknown who signed in. */
  readonly open: readonly Reported[];
  readonly cannot: readonly Reported[];
  readonly unknown: readonly Unreported[];
  /** Ways around every connector, which the rest of the page does not cover. */
  readonly around: readonly string[];
  /** Why the page is empty; null: it is not. */
  readonly none: string | null;
}

const GATES: Readonly<Record<Audience, ReachText['gates']>> = {
  leadership: [
    {
      title: 'The organization switches a system on',
      words:
        'An Owner switches each connector on in Claude and sets for each action whether Claude does it without asking, asks first, or cannot. While a connector is off, no one here reaches that system through it. In Research mode Claude does not ask first.',
    },
    {
      title: 'Each person signs in',
      words:
        'A connector that is on reaches nothing for anyone who has not signed in to the system with their own account. Signing in is up to each person, and so is disconnecting it.',
    },
    {
      title: 'The system keeps its own rights',
      words:
        'If people sign in as themselves, Claude gets what that person may see and do there, and no more. It adds no limit of its own: anything shared too widely can be found in seconds. A server with one account behind it gives everyone whatever that account may see and do.',
    },
  ],
  staff: [
    {
      title: 'The organization decides what is there',
      words:
        'Claude reaches a system only when the organization has switched it on. For each action a setting says whether Claude does it on its own, asks you first, or cannot. In Research mode Claude does not ask.',
    },
    {
      title: 'You sign in',
      words:
        'Until you connect a system with your own work account, Claude reaches nothing of yours in it. You can disconnect it in Claude under Settings > Connectors.',
    },
    {
      title: 'You stay who you are there',
      words:
        'If you sign in as yourself, Claude opens only what you may open. If it finds something that you should not see, tell IT and do not use it.',
    },
  ],
};

const OTHER_WAYS_BY_AUDIENCE: Readonly<Record<Audience, readonly string[]>> = {
  leadership: [
    'What people paste or upload: no connector is needed for that.',
    'Extensions and servers on their own computers, and Claude in the browser. They have their own controls.',
    'Claude accounts outside of this organization. The page Personal accounts lists those that are known.',
  ],
  staff: [
    'What you paste or upload goes to Claude without any connector. The policy says what must not go there.',
    'Use Claude with your work account only; this page does not cover what a private account can reach.',
  ],
};

/**
 * The page in words. Everything comes from readings; whatever was not read is stated as such.
 *
 * @param options `named`: the reader may see names of people.
 */
export function reachText(
  reach: Reach,
  audience: Audience,
  { named }: { readonly named: boolean },
): ReachText {
  const lead = audience === 'leadership';
  const { systems, off, seats } = reach;
  return {
    gates: GATES[audience],
    reaches: systems.flatMap((one) =>
      reported(one, lead ? leadReaches(one, seats, named) : staffReaches(one)),
    ),
    open: lead ? systems.flatMap((one) => reported(one, openLines(one))) : [],
    cannot: [
      ...systems.flatMap((one) => reported(one, cannotLines(one, lead))),
      ...off.map(({ name, on }) => ({
        id: name,
        name,
        lines: [`Not enabled in Claude${on === null ? '' : `, observed on ${dayWords(on)}`}.`],
      })),
    ],
    unknown: together([
      ...(lead ? general(reach) : []),
      ...(lead ? systems.flatMap((one) => signedIn(one, seats, named)) : []),
      ...systems.flatMap((one) => unreported(one, lead)),
    ]),
    around: OTHER_WAYS_BY_AUDIENCE[audience],
    none:
      systems.length + off.length > 0
        ? null
        : 'No connector is known here: the charter approves none, and no reading shows any. That does not mean that Claude reaches nothing. It means that no one has looked.',
  };
}

function reported({ id, name }: SystemReach, lines: readonly string[]): readonly Reported[] {
  return lines.length === 0 ? [] : [{ id, name, lines }];
}

function leadReaches(one: SystemReach, seats: number | null, named: boolean): readonly string[] {
  const { reaches, links } = one;
  if (reaches.allow.length + reaches.ask.length === 0 || links === null) return [];
  return [
    ...does(reaches, 'Without asking', 'After approval'),
    `Linked by ${links.linked.length} of ${count(seats ?? 0, 'person', 'people')} with a seat${named ? `: ${names(links.linked, 8)}` : ''}.${links.unknown > 0 ? ` Unknown for ${links.unknown} more.` : ''}`,
    ...data(one),
    one.rights.words,
  ];
}

/** For staff who may connect the system: what it opens to them, regardless of who else has linked it. */
function staffReaches(one: SystemReach): readonly string[] {
  if (one.closed !== null || one.set.allow.length + one.set.ask.length === 0) return [];
  const rights =
    one.rights.state === 'own'
      ? 'Claude works there with your own rights.'
      : one.rights.state === 'account'
        ? 'Everyone sees what one shared account may see there. Treat anything there as if everyone could read it.'
        : 'It is not known whose rights apply there. Ask IT before you use it with anything sensitive.';
  return [
    `Once you have connected it. ${does(one.set, 'Without asking', 'After you approve').join(' ')}`,
    [...data(one), rights].join(' '),
  ];
}

function does({ allow, ask }: SystemReach['set'], without: string, after: string): readonly string[] {
  return [
    ...(allow.length > 0 ? [`${without}: ${list(allow)}.`] : []),
    ...(ask.length > 0 ? [`${after}: ${list(ask)}.`] : []),
  ];
}

function data({ dataClasses }: SystemReach): readonly string[] {
  return dataClasses === null ? [] : [`Kinds of data there: ${lower(dataWords(dataClasses))}.`];
}

function cannotLines(one: SystemReach, lead: boolean): readonly string[] {
  if (one.closed !== null) return [`${one.closed.words}${lead ? '' : ' Ask IT if you need it.'}`];
  if (one.cannot.length === 0) return [];
  return [`Set to Blocked, or not offered: ${list(one.cannot)}.`];
}

function unreported(one: SystemReach, lead: boolean): readonly Unreported[] {
  const { name, unknown, enabled, rights, prerequisite } = one;
  const say = (words: string, howTo: string | null): Unreported => ({ systems: [name], words, howTo });
  if (enabled.state === 'closed') return [];
  const settings =
    enabled.state === 'unknown'
      ? [say(enabled.words, enabled.howTo)]
      : one.unlisted
        ? [
            say(
              `${enabled.words} No file lists what it can do.`,
              `Write one line per action of ${name} into the connectors table.`,
            ),
          ]
        : unknown.length > 0
          ? [
              say(
                `What is set in Claude is not known for ${count(unknown.length, 'action')}: ${list(unknown)}.`,
                'Write their states into the connectors table.',
              ),
            ]
          : [];
  if (!lead)
    return settings.length > 0
      ? [say('What Claude may do there is not known. Ask IT before you rely on it.', null)]
      : [];
  return [
    ...settings,
    ...(rights.state === 'unknown' ? [say(rights.words, rights.howTo)] : []),
    ...(prerequisite.met
      ? []
      : [
          say(
            prerequisite.words,
            one.charter === null
              ? `Decide whether ${name} is approved, or switch it off in Claude. If it is approved, it needs that review.`
              : 'Review who may see what in the system itself, then write the day under “sourceReviewed” in the charter.',
          ),
        ]),
  ];
}

/** What is open to people who signed in, if it is unknown who did. */
function openLines(one: SystemReach): readonly string[] {
  const { waits } = one;
  if (waits.allow.length + waits.ask.length === 0) return [];
  return [...does(waits, 'Without asking', 'After approval'), ...data(one)];
}

/** The people whose sign-in is unknown, if the system has anything to reach. */
function signedIn(one: SystemReach, seats: number | null, named: boolean): readonly Unreported[] {
  const { name, links, waits, reaches } = one;
  const some = [waits, reaches].some(({ allow, ask }) => allow.length + ask.length > 0);
  if (links === null || links.why === null || !some) return [];
  const holders = `${count(seats ?? 0, 'person', 'people')} with a seat`;
  const whom =
    links.unknown === seats
      ? `Which of the ${holders} have signed in.`
      : `Whether ${links.unknown} of the ${holders} have signed in.`;
  return [{ systems: [name], words: `${whom} ${whyWords(links.why, named)}`, howTo: links.why.howTo }];
}

/** Merges entries that are identical for several systems into one that lists them all. */
function together(all: readonly Unreported[]): readonly Unreported[] {
  const same = Map.groupBy(all, ({ words, howTo }) => JSON.stringify([words, howTo]));
  return [...same.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [{ ...first, systems: [...first.systems, ...others.flatMap(({ systems }) => systems)] }],
  );
}

function whyWords({ name, words }: NonNullable<Links['why']>, named: boolean): string {
  if (name === null) return words;
  return named ? `${name}, for example: ${words}` : `One of them: ${words}`;
}

/** Gaps that affect every system. */
function general({ seats, asOf }: Reach): readonly Unreported[] {
  const members = asOf.find(({ kind }) => kind === 'members');
  return seats === null && members !== undefined
    ? [
        {
          systems: [],
          words: `Who holds a seat cannot be read. ${members.why ?? ''}`.trim(),
          howTo: members.howTo,
        },
      ]
    : [];
}

const MAX_NAMED = 6;
const list = (titles: readonly string[]): string => {
  const [first = '', ...others] = titles;
  return names([sentence(first), ...others.map(lower)], MAX_NAMED);
};

/** Lowercases "Search content" for the middle of a sentence; names that begin with several capitals stay unchanged. */
function lower(text: string): string {
  return /^\p{Lu}(?!\p{Lu})/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
// Guide: G3.1-00
