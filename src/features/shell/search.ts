import type { Control } from '#domain/model/catalogue.ts';
import { guideSection } from '#domain/text/guide.ts';
import { shortId } from '#domain/text/words.ts';
import { WORKSPACE } from '#store/audit.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { notFound } from '../problems.ts';
import { zoneOf } from '../shared/moment.ts';
import { HIT_GROUPS, type Hit } from './contract.ts';
import { auditRecords, type FoundClient, findInClient } from './find-in-client.ts';
import { has, type Question, readQuestion } from './matching.ts';

const MAX_FOUND = 20;
/** Limit of results per group, so that one group does not crowd out the others. */
const MAX_IN_GROUP = 8;

interface Wanted {
  readonly query: string;
  /** Slug of the client to search; left out: only what belongs to no client. */
  readonly client?: string | undefined;
}

/** Searches what the person may see. What belongs to a client is found only if that client is given. */
export async function search(
  context: HandlerContext,
  { query, client: slug }: Wanted,
): Promise<{ items: Hit[] }> {
  const question = readQuestion(query);
  const clients = await visible(context);
  const client = slug === undefined ? null : clients.find((one) => one.slug === slug);
  // The same answer whether the client does not exist or the person may not see it.
  if (client === undefined) throw notFound();
  const hits = [
    ...controls(context, client, clients, question),
    ...clients
      .filter(({ name, slug: short, domains }) => has(question, [name, short, ...domains]))
      .map(
        (one): Hit => ({
          id: one.id,
          group: 'Clients',
          label: one.name,
          description: one.domains[0] ?? null,
          href: `/c/${encodeURIComponent(one.slug)}`,
        }),
      ),
    ...(client === null
      ? await workspaceRecords(context, question)
      : await findInClient(context, client, question)),
  ];
  const items = HIT_GROUPS.flatMap((group) =>
    hits.filter((hit) => hit.group === group).slice(0, MAX_IN_GROUP),
  );
  return { items: items.slice(0, MAX_FOUND) };
}

type VisibleClient = FoundClient & { readonly domains: readonly string[] };

async function visible({ services, can }: HandlerContext): Promise<readonly VisibleClient[]> {
  const rows = await services.store.read('system', (tx) =>
    tx.selectFrom('clients').select(['id', 'slug', 'name', 'profile']).orderBy('name').execute(),
  );
  return rows
    .filter(({ id }) => can('client.read', id))
    .map(({ id, slug, name, profile }) => ({
      id,
      slug,
      name,
      timezone: zoneOf(profile),
      domains: domainsOf(profile),
    }));
}

function domainsOf(profile: unknown): readonly string[] {
  if (typeof profile !== 'object' || profile === null || !('domains' in profile)) return [];
  const { domains } = profile;
  return Array.isArray(domains) ? domains.filter((domain) => typeof domain === 'string') : [];
}

function controls(
  { services, can }: HandlerContext,
  client: FoundClient | null,
  clients: readonly FoundClient[],
  question: Question,
): readonly Hit[] {
  const readable = (client === null ? clients : [client]).some(({ id }) => can('controls.read', id));
  if (!readable) return [];
  return services.catalogue.controls
    .map((control) => ({ control, rank: rankOf(control, question) }))
    .filter(({ rank }) => rank < NOT_FOUND)
    .sort((a, b) => a.rank - b.rank)
    .map(({ control }) => {
      const short = shortId(control.id);
      return {
        id: control.id,
        group: 'Controls',
        label: `${short} ${control.title}`,
        description: `Guide ${[...new Set(control.guide.map(guideSection))].join(', ')}`,
        href:
          client === null ? `/across/${short}` : `/c/${encodeURIComponent(client.slug)}/controls/${short}`,
      };
    });
}

const NOT_FOUND = 9;

/** Rank of a result, lower is better: a match of the id, then of the place in the guide, then of the title. */
function rankOf(control: Control, question: Question): number {
  const short = shortId(control.id).toLowerCase();
  const text = question.text.toLowerCase();
  if (text === short || text === control.id.toLowerCase()) return 0;
  const { section, guideRow } = question;
  if (guideRow !== null && control.guide.some((row) => row.toLowerCase() === guideRow)) return 1;
  if (section !== null) {
    const sections = control.guide.map(guideSection);
    if (sections.includes(section)) return 2;
    if (sections.some((one) => one.startsWith(`${section}.`))) return 3;
  }
  if (short.startsWith(text)) return 4;
  if (has(question, [control.title])) return 5;
  return has(question, [control.id, control.title]) ? 6 : NOT_FOUND;
}

async function workspaceRecords(
  { services, can }: HandlerContext,
  question: Question,
): Promise<readonly Hit[]> {
  return services.store.read('system', async (tx) => [
    ...(can('users.read', null) ? await users(tx, question) : []),
    ...(can('workspace.audit', null)
      ? await auditRecords(tx, WORKSPACE, '', { question, titles: services.actionTitles })
      : []),
  ]);
}

/** User accounts of this console. */
async function users(tx: Tx, question: Question): Promise<Hit[]> {
  const rows = await tx.selectFrom('users').select(['id', 'name', 'email']).orderBy('name').execute();
  return rows
    .filter(({ name, email }) => has(question, [name, email]))
    .map(({ id, name, email }) => ({
      id,
      group: 'Access',
      label: name,
      description: email,
      href: `/access?panel=${id}`,
    }));
}
