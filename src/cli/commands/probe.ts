import { z } from 'zod';
import { operations } from '#app/operations.ts';
import { type BlockSide, type BlockVerdict, blockOutcome, blockVerdict } from '#domain/network/block.ts';
import { type Probe, type ProbeOutcome, probeOutcome, probeVerdict } from '#domain/network/probe.ts';
import { loadCatalogue } from '#sources/catalogue/load.ts';
import { NEUTRAL, networkWorks, runBlockProbe } from '#sources/network/block.ts';
import { type SeenCertificate, whileWatching } from '#sources/network/certificates.ts';
import { askOtherHost, type OtherHost } from '#sources/network/other-host.ts';
import { runProbe } from '#sources/network/probe.ts';
import { Problem } from '../problem.ts';
import { request } from '../remote/request.ts';
import { currentSession } from '../remote/session.ts';
import { safe, type Terminal } from '../terminal.ts';
import { enrolledDevice, newDevice, signedBy } from './probe-device.ts';

export interface ProbeFlags {
  readonly place?: string;
  /** Name under which to enroll this device, so that it signs its tests from then on; left out: runs a test. */
  readonly enroll?: string;
  readonly record: boolean;
  /** Side from which to test a block; left out: tests the restriction. */
  readonly block?: BlockSide;
  /** URL outside Claude to check that the network works; left out: Microsoft's connectivity test. */
  readonly neutral?: string;
  /** URL outside Claude that echoes a request's headers; left out: no other host is contacted. */
  readonly echo?: string;
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

const ELSEWHERE: Readonly<Record<OtherHost, string>> = {
  clean: 'got no header of Claude’s, as it should be',
  header:
    'got the header meant for Claude: what sends it names your organization to other hosts. Limit it to Claude’s hosts',
  silent: 'did not repeat the headers that it got, so this shows nothing of other hosts',
};

/**
 * `bylaw probe`: tests from this device whether the network refuses other Claude organizations, and records the result
 * for the client. Keys are read from the environment and sent to Claude only. Exits with 0 if it does, 1 if it does
 * not, 2 if the test was inconclusive.
 */
export async function probeCommand(client: string, flags: ProbeFlags, terminal: Terminal): Promise<number> {
  if (flags.enroll !== undefined) return enroll(client, flags.enroll, terminal);
  const { place } = flags;
  if (place === undefined)
    throw new Problem('Say on which network and device: --place "Head office, managed laptop".');
  if (flags.block !== undefined) return blockCommand(client, flags.block, { ...flags, place }, terminal);
  const ownKey = process.env.BYLAW_PROBE_KEY;
  if (ownKey === undefined || ownKey === '')
    throw new Problem(
      'Put an API key of your organization into BYLAW_PROBE_KEY, and one of another organization into BYLAW_PROBE_OTHER_KEY. They are sent only to Claude.',
    );
  const echo = addressOf(flags.echo, '--echo');
  const { restriction } = loadCatalogue().network;
  const { answer: answers, certificates } = await whileWatching(() =>
    runProbe({
      origin: process.env.BYLAW_ANTHROPIC_URL ?? 'https://api.anthropic.com',
      ownKey,
      otherKey: process.env.BYLAW_PROBE_OTHER_KEY || null,
      header: restriction.header,
      foreign: restriction.foreign,
    }),
  );
  const outcomes: { [P in Probe]?: ProbeOutcome } = {};
  for (const [name, answer] of Object.entries(answers) as [Probe, (typeof answers)[Probe] & object][]) {
    outcomes[name] = probeOutcome(answer, restriction);
    terminal.out(`${ASKED[name]}: ${OUTCOMES[outcomes[name]]}`);
  }
  showCertificates(certificates, terminal);
  const elsewhere = echo === null ? null : await askOtherHost(echo, restriction.header);
  if (echo !== null && elsewhere !== null) terminal.out(`${safe(echo)} ${ELSEWHERE[elsewhere]}.`);
  const verdict = probeVerdict(outcomes);
  if (flags.record) {
    const result = {
      place,
      own: outcomes.own ?? 'unclear',
      otherKey: outcomes.other_key ?? null,
      otherValue: outcomes.other_value ?? 'unclear',
      ...(elsewhere === 'header' || elsewhere === 'clean' ? { headerElsewhere: elsewhere === 'header' } : {}),
      ...readBy(certificates),
    };
    const device = enrolledDevice(client);
    if (device === null) await record(terminal, 'recordProbe', { client, ...result });
    else await record(terminal, 'recordSigned', { client, ...signedBy(device, result) });
  }
  return verdict === 'holds' ? 0 : verdict === 'not_shown' ? 2 : 1;
}

/**
 * Tests a block of Claude from one side. Exits with 0 if it is as expected, 1 if not, 2 if the test was inconclusive.
 */
async function blockCommand(
  client: string,
  side: BlockSide,
  flags: ProbeFlags & { readonly place: string },
  terminal: Terminal,
): Promise<number> {
  const api = process.env.BYLAW_ANTHROPIC_URL ?? 'https://api.anthropic.com';
  const hosts = loadCatalogue().network.restriction.hosts.filter((host) => !host.startsWith('api.'));
  const origins = process.env.BYLAW_ANTHROPIC_URL === undefined ? hosts.map((host) => `https://${host}`) : [];
  const neutral = addressOf(flags.neutral, '--neutral') ?? NEUTRAL;
  const works = await networkWorks(neutral);
  const { answer: answers, certificates } = await whileWatching(() =>
    runBlockProbe({ origins: [...origins, api], api }),
  );
  for (const { host, claude, answer } of answers)
    terminal.out(
      `${safe(host)}: ${claude ? 'Claude answers' : answer.is === 'answer' ? 'something answers' : NONE[answer.why]}`,
    );
  showCertificates(certificates, terminal);
  const own = blockOutcome(answers, side, works);
  // When offline, or if a program needs a proxy, no host can be reached, whatever is blocked.
  if (!works && own === 'unclear') {
    terminal.out(
      `${safe(neutral)} did not answer as it should, so the network could not be shown to work. This shows nothing, and nothing was recorded. If the network blocks this address, name another one with --neutral.`,
    );
    return 2;
  }
  const shows = blockVerdict(side, own);
  terminal.out(shows === null ? 'This shows nothing.' : BLOCK_WORDS[shows]);
  if (flags.record)
    await record(terminal, 'recordProbe', {
      client,
      place: flags.place,
      own,
      block: side,
      ...readBy(certificates),
    });
  return shows === null ? 2 : shows === 'closed' || shows === 'gets_through' ? 0 : 1;
}

/** Issuers of the hosts' certificates. A gateway has to inspect TLS to add a header; a browser policy does not. */
function showCertificates(certificates: readonly SeenCertificate[], terminal: Terminal): void {
  for (const { host, issuer, isPublic } of certificates)
    terminal.out(
      isPublic
        ? `${safe(host)}: its certificate is vouched for by ${safe(issuer)}, a public authority. TLS is not inspected on this path.`
        : `${safe(host)}: its certificate is vouched for by ${safe(issuer)}, which is no public authority. TLS is inspected on this path, and whoever inspects it can read what is sent to Claude.`,
    );
}

/** What to record about the certificates; nothing if none was seen. */
const readBy = (certificates: readonly SeenCertificate[]) =>
  certificates.length === 0
    ? {}
    : { certificates: certificates.map((one) => ({ ...one, issuer: one.issuer.slice(0, 200) })) };

/** Validates a URL option; null: left out. */
function addressOf(flag: string | undefined, option: string): string | null {
  if (flag === undefined) return null;
  if (!/^https?:\/\//iu.test(flag) || !URL.canParse(flag))
    throw new Problem(`Give ${option} an address that begins with https:// or http://.`);
  return flag;
}

const NONE = {
  unreachable: 'cannot be reached',
  timeout: 'does not answer in time',
  certificate: 'answers with a certificate that is not trusted',
} as const;

const BLOCK_WORDS: Readonly<Record<BlockVerdict, string>> = {
  closed: 'Claude is closed on this network.',
  open: 'Claude is open on this network, so it is not blocked.',
  gets_through: 'This device gets through to Claude.',
  shut_out: 'This device is shut out of Claude.',
};

/** Generates a key for this device and registers its public key with the server. */
async function enroll(client: string, name: string, terminal: Terminal): Promise<number> {
  const { publicKey, keep } = newDevice(client);
  const answer = await request(currentSession(), {
    operation: operationOf('enrollDevice'),
    input: { client, name, publicKey },
  });
  const { id } = enrolled.parse(answer).data;
  const folder = keep(id);
  terminal.out(
    `Enrolled as ${safe(name)}. The key is in ${safe(folder)}, for you alone; tests from here are signed by it.`,
  );
  return 0;
}

async function record(
  terminal: Terminal,
  name: 'recordProbe' | 'recordSigned',
  input: { readonly client: string } & Record<string, unknown>,
) {
  const answer = await request(currentSession(), { operation: operationOf(name), input });
  const { device, headerHere } = recorded.parse(answer).data;
  terminal.out(
    `Recorded for ${safe(input.client)}, ${device === null ? 'on your word' : `signed by the device ${safe(device.name)}`}.`,
  );
  if (headerHere === true && input.headerElsewhere !== true)
    terminal.out(
      'The header also reached Bylaw: whatever adds it also sends it to hosts that are not Claude’s. Limit it to Claude’s hosts.',
    );
}

const enrolled = z.object({ data: z.object({ id: z.string() }) });
const recorded = z.object({
  data: z.object({ device: z.object({ name: z.string() }).nullable(), headerHere: z.boolean().nullable() }),
});

function operationOf(name: string) {
  const operation = operations().find((one) => one.path.join('.') === `network.${name}`);
  if (operation === undefined) throw new Error(`the operation network.${name} is missing`);
  return operation;
}
// Guide: G4.4-07
