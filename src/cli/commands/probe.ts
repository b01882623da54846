import { operations } from '#app/operations.ts';
import { type Probe, type ProbeOutcome, probeOutcome, probeVerdict } from '#domain/network/probe.ts';
import { loadCatalogue } from '#sources/catalogue/load.ts';
import { runProbe } from '#sources/network/probe.ts';
import { Problem } from '../problem.ts';
import { request } from '../remote/request.ts';
import { currentSession } from '../remote/session.ts';
import { safe, type Terminal } from '../terminal.ts';

export interface ProbeFlags {
  readonly place: string;
  readonly record: boolean;
}

const ASKED: Readonly<Record<Probe, string>> = {
  own: 'Our organization',
  other_key: 'Another organization',
  other_value: 'A header of the program’s own',
};

const OUTCOMES: Readonly<Record<ProbeOutcome, string>> = {
  allowed: 'let in',
  refused: 'refused by network policy',
  sent_twice: 'the header arrives twice',
  malformed: 'the header is malformed',
  key_refused: 'the key is not valid, so this shows nothing',
  blocked: 'Claude cannot be reached',
  unclear: 'an answer that shows nothing',
};

/**
 * `bylaw probe`: tries from this device whether the network refuses other Claude organizations, and records it for the
 * client. Keys come from the environment and go to Claude alone. Exit 0 where it holds, 1 where it does not, 2 where
 * too little was shown.
 */
export async function probeCommand(client: string, flags: ProbeFlags, terminal: Terminal): Promise<number> {
  const ownKey = process.env.BYLAW_PROBE_KEY;
  if (ownKey === undefined || ownKey === '')
    throw new Problem(
      'Put an API key of your organization into BYLAW_PROBE_KEY, and one of another organization into BYLAW_PROBE_OTHER_KEY. They are sent to Claude alone.',
    );
  const { restriction } = loadCatalogue().network;
  const answers = await runProbe({
    origin: process.env.BYLAW_ANTHROPIC_URL ?? 'https://api.anthropic.com',
    ownKey,
    otherKey: process.env.BYLAW_PROBE_OTHER_KEY || null,
    header: restriction.header,
    foreign: restriction.foreign,
  });
  const outcomes: { [P in Probe]?: ProbeOutcome } = {};
  for (const [name, answer] of Object.entries(answers) as [Probe, (typeof answers)[Probe] & object][]) {
    outcomes[name] = probeOutcome(answer, restriction);
    terminal.out(`${ASKED[name]}: ${OUTCOMES[outcomes[name]]}`);
  }
  const verdict = probeVerdict(outcomes);
  if (flags.record) {
    const operation = operations().find((one) => one.path.join('.') === 'network.recordProbe');
    if (operation === undefined) throw new Error('the operation network.recordProbe is missing');
    await request(currentSession(), {
      operation,
      input: {
        client,
        place: flags.place,
        own: outcomes.own ?? 'unclear',
        otherKey: outcomes.other_key ?? null,
        otherValue: outcomes.other_value ?? 'unclear',
      },
    });
    terminal.out(`Recorded for ${safe(client)}.`);
  }
  return verdict === 'holds' ? 0 : verdict === 'not_shown' ? 2 : 1;
}
