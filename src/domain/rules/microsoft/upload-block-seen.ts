import { z } from 'zod';
import { dayOf } from '../../model/local-time.ts';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import { letThroughSince } from './defender-alerts.ts';
import { blocksWithAlerts } from './session-control.ts';

/** Guide 6.4: a blocked upload and the alert on it, both read from Defender, keep the session policy verified. */
export const uploadBlockSeen = defineRule({
  name: 'upload-block-seen',
  about:
    'Within the days given, session control of Defender for Cloud Apps must have recorded a blocked upload to Claude, and Defender an alert on it within a day.',
  params: z.strictObject({ days: z.number().int().min(1).default(183) }),
  decide(context: CheckContext, { days }) {
    const events = context.read('cloud_app_events');
    if (!events.ok) return absent(events).cannotRead(events.howToGet);
    const alerts = context.read('security_alerts');
    if (!alerts.ok) return absent(alerts).cannotRead(alerts.howToGet);
    const test = ask(
      'look',
      'upload_block',
      'Upload the fake file to Claude in a browser, signed in through Entra, and have the events read again some hours later.',
    );
    const blocks = blocksWithAlerts(events, alerts, {
      now: context.now,
      today: context.today,
      zone: context.profile.timezone,
      catalogue: context.catalogue,
      days,
    });
    const [newest] = blocks;
    if (newest === undefined)
      return because(
        'microsoft.upload_block_seen.none',
        `Defender for Cloud Apps recorded no blocked upload to Claude in the last ${count(days, 'day')}.`,
      ).cannotRead(test, events.evidence);
    const pair = blocks.find(({ alert }) => alert !== null);
    if (pair?.alert == null)
      return because(
        'microsoft.upload_block_seen.no_alert',
        `An upload to Claude was blocked on ${dayWords(dayOf(newest.block.at, context.profile.timezone))}, and no Defender alert about Claude followed within a day.`,
      ).cannotRead(test, [events.cite(newest.block, newest.block.action)]);
    const blockedOn = dayOf(pair.block.at, context.profile.timezone);
    const through = letThroughSince(context, blockedOn);
    if (through !== null)
      return because(
        'microsoft.upload_block_seen.let_through',
        `An upload to Claude was blocked on ${dayWords(blockedOn)}, and since then Defender has reported data loss to Claude that it detected but did not stop (${through.says}).`,
      ).cannotRead(test, [events.cite(pair.block, pair.block.action), through]);
    return because(
      'microsoft.upload_block_seen.pair',
      `An upload to Claude was blocked on ${dayWords(blockedOn)}, and Defender raised an alert on it.`,
    ).pass([events.cite(pair.block, pair.block.action), alerts.cite(pair.alert, pair.alert.title)]);
  },
});
// Guide: G6.4-07 G6.4-09
