import { type ReachCheck, uploadState } from '#domain/dlp/reach.ts';
import { checksOf } from '#store/dlp/checks.ts';
import { currentVerdicts } from '#store/verdicts/current.ts';
import type { HandlerContext } from '../context.ts';
import { notFound } from '../problems.ts';
import { INFERENCE_HOOK } from './hook/activity.ts';
import { ICAP } from './icap/activity.ts';

/** Maximum number of recent guard decisions to examine. */
const MAX_CHECKS = 5_000;
/** Maximum devices, addresses or people listed per channel. */
const LISTED = 200;

/**
 * Channels that can scan what people enter into Claude: whether plans and licenses include them, where they were
 * observed at work, and whether an upload to a personal account would be detected.
 */
export async function channelsOf({ services, client, read, can }: HandlerContext) {
  await services.verdicts.ensureCurrent([client.id]);
  const known = services.catalogue.capabilities.flatMap(({ id, title, channel, toGet }) =>
    channel === undefined ? [] : [{ id, title, channel, toGet: toGet ?? null }],
  );
  const { checks, controls } = await read(async (tx) => {
    const ids = [...new Set(known.flatMap(({ channel }) => channel.control ?? []))];
    const states = new Map<string, string>();
    for (const id of ids) {
      const [status] = await currentVerdicts(tx, client.id, id);
      if (status !== undefined) states.set(id, status.verdict.state);
    }
    return {
      checks: await checksOf(tx, client.id, {
        verdicts: [...SCANNED_VERDICTS],
        before: null,
        limit: MAX_CHECKS,
      }),
      controls: states,
    };
  });
  const run = await services.verdicts.run(client.id, 'dlpChannels', {
    capabilities: known.map(({ id }) => id),
    checks: checks.flatMap(({ guard, at, activity }): ReachCheck[] => {
      const channel = CHANNELS.get(guard);
      const name = guard === ICAP ? activity?.ip : activity?.person;
      return channel === undefined || name == null ? [] : [{ channel, name, at: at.toISOString() }];
    }),
  });
  if (run === null) throw notFound();
  const { licensed, reach } = run.result;
  const channels = known.map(({ id, title, channel, toGet }, at) => {
    const seen = reach.channels.find((one) => one.channel === id);
    return {
      id,
      title,
      licensed: licensed[at]?.has ?? ('unknown' as const),
      words: licensed[at]?.words ?? '',
      own: channel.own,
      personal: channel.personal,
      stops: channel.stops,
      says: channel.says,
      control: channel.control ?? null,
      toGet,
      seen:
        seen === undefined
          ? null
          : {
              what: seen.what,
              count: seen.list.length,
              looks: seen.list.filter(({ looks }) => looks).length,
              managed: seen.list.every(({ managed }) => managed === null)
                ? null
                : seen.list.filter(({ managed }) => managed === true).length,
              // Names are only shown to those who may read them.
              list:
                seen.what === 'people' && !can('people.read')
                  ? []
                  : seen.list.slice(0, LISTED).map((one) => ({ ...one })),
            },
    };
  });
  return {
    channels,
    upload: {
      state: uploadState(
        channels.map(({ id, licensed: has, personal, control }) => ({
          ...{ id, licensed: has, personal },
          holds: control === null ? null : holdsOf(controls.get(control)),
        })),
        reach,
      ),
      managed: reach.managed,
    },
  };
}

/** The channel of each guard. The browser check is used voluntarily and does not see uploads. */
const CHANNELS = new Map<string, ReachCheck['channel']>([
  [ICAP, 'network.icap_check'],
  [INFERENCE_HOOK, 'claude.inference_hooks'],
]);

/** Verdicts that show that a guard scanned the content. */
const SCANNED_VERDICTS = ['allowed', 'denied', 'flagged'] as const;

const holdsOf = (state: string | undefined) => (state === 'pass' ? true : state === 'fail' ? false : null);
// Guide: G4.1-06
