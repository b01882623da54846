import type { z } from 'zod';
import { forbiddenTools } from '#domain/ai-tools/forbidden.ts';
import { isOrganizationId } from '#domain/devices/plan.ts';
import { organizationsOf, type PlannedWay, planNetwork } from '#domain/network/plan.ts';
import { shownCharter } from '../connectors/index.ts';
import type { HandlerContext } from '../context.ts';
import { headsNow } from '../controls/index.ts';
import { badRequest, notFound } from '../problems.ts';
import { shownDevices } from './devices/devices.ts';
import type { NetworkLicense } from './licensed-task.ts';
import { shownProbes } from './probes.ts';
import type { networkSchema } from './schemas.ts';
import { ASK_ORGANIZATION, lackWords } from './words.ts';

export interface NetworkInput {
  readonly organization?: string | undefined;
}

/** The capability of the client's plan that makes Claude obey the header. */
const RESTRICTION = 'claude.tenant_restrictions';

/** Controls decided by tests from the network or a device. */
const PROOFS = ['CLA-SHA-06', 'CLA-SHA-10'] as const;

/** The plan for each way, from the charter in force. */
export async function networkPlan(context: HandlerContext, { organization }: NetworkInput) {
  const { network } = context.services.catalogue;
  const shown = await context.read((tx) => shownCharter(tx, context, undefined));
  const charter = shown.value ?? {};
  const asked = organization === undefined || organization === '' ? null : organization;
  if (asked !== null && !isOrganizationId(asked))
    throw badRequest(
      `“${asked}” is not an organization ID: an ID has 36 characters, with dashes after 8, 13, 18 and 23.`,
    );
  const stated = charter.claudeOrganization;
  if (asked !== null && stated !== undefined && asked !== stated)
    throw badRequest(`The charter states the organization ${stated}, and ${asked} was given.`);
  const own = stated ?? asked;
  const organizations = own === null ? [] : organizationsOf(charter, asked);
  const forbidden = forbiddenTools(charter, context.services.catalogue.aiTools, shown.today);
  return {
    charter,
    shown,
    organizations,
    ways: planNetwork(
      network.ways,
      network.restriction,
      organizations,
      charter.network?.allowlistForManagedDevices ?? null,
      forbidden,
    ),
    forbidden,
    charterWords: shown.current === null ? 'No charter in force' : `Charter version ${shown.current.version}`,
  };
}

/** The data of the page. */
export async function showNetwork(
  context: HandlerContext,
  input: NetworkInput,
): Promise<z.infer<typeof networkSchema>> {
  const { services, client } = context;
  const { catalogue } = services;
  const { charter, organizations, ways, shown } = await networkPlan(context, input);
  const { restriction } = catalogue.network;
  const required = ways.flatMap(({ way }) => way.requires ?? []);
  const run = await services.verdicts.run(client.id, 'networkLicenses', [RESTRICTION, ...required]);
  if (run === null) throw notFound();
  const licenseOf = (id: string) => run.result[id] ?? { has: 'unknown' as const, words: '' };
  const licensed = licenseOf(RESTRICTION);
  const heads = context.can('controls.read') ? (await headsNow(context)).verdicts : [];
  const control = catalogue.controls.find(({ id }) => id === PROOFS[0]);
  return {
    charter: {
      number: shown.current?.version ?? null,
      restriction: charter.network?.tenantRestriction ?? null,
      block: charter.network?.blockClaude ?? null,
      allowlist: charter.network?.allowlistForManagedDevices ?? null,
    },
    organizations: [...organizations],
    question: organizations.length === 0 ? ASK_ORGANIZATION : null,
    licensed: {
      ...licensed,
      instead: licensed.has === 'no' ? (control?.unlicensed?.instead ?? null) : null,
    },
    header: restriction.header,
    hosts: [...restriction.hosts],
    refused: restriction.refused.message,
    caveats: [...restriction.caveats],
    sources: restriction.sources,
    proofs: PROOFS.flatMap((id) => {
      const found = catalogue.controls.find((one) => one.id === id);
      const head = heads.find((one) => one.control === id);
      return found === undefined
        ? []
        : [{ control: id, title: found.title, state: head?.state ?? null, reason: head?.reason ?? null }];
    }),
    probes: await shownProbes(context),
    devices: await shownDevices(context),
    ways: ways.map((planned) =>
      wayView(planned, planned.way.requires === undefined ? null : licenseOf(planned.way.requires)),
    ),
  };
}

/** Without the license that a way needs, it has the reason in place of steps. */
function wayView({ way, headers, lack, needs, steps }: PlannedWay, license: NetworkLicense | null) {
  const unlicensed = license === null || license.has === 'yes' ? null : { ...license, has: license.has };
  return {
    id: way.id,
    title: way.title,
    kind: way.kind,
    means: way.means,
    asOf: way.asOf,
    namedBy: { ...way.namedBy, note: way.namedBy.note ?? null },
    overwrites: way.overwrites ?? null,
    covers: way.covers,
    notCovered: way.notCovered,
    needs: [...needs],
    steps: unlicensed === null ? [...steps] : [],
    unlicensed,
    headers: headers === null ? null : headers.map(({ name, value }) => ({ name, value })),
    lack: lack === null ? null : lackWords(lack),
    files: way.files,
    sources: way.sources,
  };
}
