import { sql } from 'kysely';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { count, dayWords, shortId } from '#domain/text/words.ts';
import { findAlertNumbered } from '#store/detections/alerts.ts';
import type { Tx } from '#store/open.ts';
import { allComparisons } from '#store/planner/comparisons.ts';
import { alertLine, groupTitle, groupView, openFolds } from '../alerts/index.ts';
import { viewOf } from '../audit/index.ts';
import type { ActionTitles, HandlerContext } from '../context.ts';
import type { Hit } from './contract.ts';
import { has, type Question } from './matching.ts';
import { peopleOf } from './people.ts';

/** A client that the person may see. */
export interface FoundClient {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly timezone: string;
}

type Permitted = Pick<HandlerContext, 'services' | 'now' | 'can'>;

/** Search results of one client besides its controls, limited to what the person may see. */
export async function findInClient(
  context: Permitted,
  client: FoundClient,
  question: Question,
): Promise<readonly Hit[]> {
  const may = (permission: Parameters<Permitted['can']>[0]) => context.can(permission, client.id);
  const page = `/c/${encodeURIComponent(client.slug)}`;
  const people = may('people.read') ? await peopleOf(context, client) : [];
  const stored = await context.services.store.read([client.id], async (tx) => [
    ...(may('alerts.read') ? await alerts(tx, context.services.catalogue, client.id, page, question) : []),
    ...(may('exceptions.read') ? await exceptions(tx, client.id, page, question) : []),
    ...(may('reports.read') ? await reports(tx, client.id, page, question) : []),
    ...(may('planner.read') ? await comparisons(tx, client.id, page, question) : []),
    ...(may('imports.read') ? await imports(tx, client.id, page, question) : []),
    ...(may('evidence.read') ? await evidence(tx, client.id, page, question) : []),
    ...(may('audit.read')
      ? await auditRecords(tx, client.id, page, { question, titles: context.services.actionTitles })
      : []),
  ]);
  return [
    ...people
      .filter(({ name, addresses }) => has(question, [name, ...addresses]))
      .map(
        ({ id, name, addresses, why, tab }): Hit => ({
          id,
          group: 'People',
          label: name,
          description: [addresses[0], why].filter((part) => part !== undefined).join(' · '),
          href: `${page}/people?tab=${tab}&panel=${encodeURIComponent(id)}`,
        }),
      ),
    ...stored,
  ];
}

/** An alert by its number, in any state; otherwise groups of open alerts, as on the alerts page. */
async function alerts(
  tx: Tx,
  catalogue: Catalogue,
  clientId: string,
  page: string,
  question: Question,
): Promise<Hit[]> {
  const numbered =
    question.alert === null ? undefined : await findAlertNumbered(tx, clientId, question.alert);
  if (numbered !== undefined) {
    const { id, code, title, words } = await alertLine(tx, catalogue, numbered);
    return [
      { id, group: 'Alerts', label: `${code} ${title}`, description: words, href: `${page}/alerts/${id}` },
    ];
  }
  const groups = [];
  for (const row of await openFolds(tx, catalogue, clientId))
    groups.push(await groupView(tx, catalogue, clientId, row));
  return groups
    .filter(
      (group) =>
        (group.alert !== null && isId(question, group.alert)) ||
        has(question, ['alert', group.detection, group.title, group.subject ?? '', ...group.people.first]),
    )
    .map((group) => ({
      id: group.id,
      group: 'Alerts',
      label: groupTitle(group),
      description: `${count(group.open, 'open alert')}, ${group.level}`,
      href: group.alert === null ? `${page}/alerts/groups/${group.id}` : `${page}/alerts/${group.alert}`,
    }));
}

async function exceptions(tx: Tx, clientId: string, page: string, question: Question): Promise<Hit[]> {
  const rows = await tx
    .selectFrom('exceptions')
    .select(['id', 'control_id', 'reason', 'owner', 'until_day'])
    .where('client_id', '=', clientId)
    .orderBy('requested_at', 'desc')
    .execute();
  return rows
    .filter((row) => isId(question, row.id) || has(question, [row.control_id, row.reason, row.owner]))
    .map((row) => ({
      id: row.id,
      group: 'Exceptions',
      label: `${shortId(row.control_id)}: ${row.reason}`,
      description: `${row.owner}, until ${dayWords(row.until_day)}`,
      href: `${page}/exceptions?panel=${row.id}`,
    }));
}

async function reports(tx: Tx, clientId: string, page: string, question: Question): Promise<Hit[]> {
  const rows = await tx
    .selectFrom('reports')
    .select(['id', 'title', 'as_of', 'made_by_name', 'model_sha256'])
    .where('client_id', '=', clientId)
    .orderBy('made_at', 'desc')
    .execute();
  return rows
    .filter(
      (row) =>
        isId(question, row.id) ||
        (question.hex !== null && row.model_sha256.startsWith(question.hex)) ||
        has(question, [row.title, row.as_of, dayWords(row.as_of)]),
    )
    .map((row) => ({
      id: row.id,
      group: 'Reports',
      label: `${row.title}, as of ${dayWords(row.as_of)}`,
      description: `Made by ${row.made_by_name}`,
      href: `${page}/reports/${row.id}`,
    }));
}

async function comparisons(tx: Tx, clientId: string, page: string, question: Question): Promise<Hit[]> {
  const rows = await allComparisons(tx, clientId);
  return rows
    .filter((row) => isId(question, row.id) || has(question, [row.name]))
    .map(({ id, name, goal, sets, version, changed_by_name }) => ({
      id,
      group: 'Comparisons',
      label: name,
      description: `Comparison of purchases, saved by ${changed_by_name}`,
      href: `${page}/planner?${new URLSearchParams({
        sets: sets.map((set) => set.join()).join(';'),
        goal: goal ?? 'none',
        saved: id,
        seen: String(version),
      })}`,
    }));
}

async function imports(tx: Tx, clientId: string, page: string, question: Question): Promise<Hit[]> {
  const rows = await tx
    .selectFrom('imports as i')
    .leftJoin('import_files as f', (join) =>
      join.onRef('f.client_id', '=', 'i.client_id').onRef('f.import_id', '=', 'i.id'),
    )
    .select(['i.id', 'i.state', 'i.created_by_name', 'f.name'])
    .where('i.client_id', '=', clientId)
    .where((eb) =>
      eb.or([
        ...(question.id === null ? [] : [eb('i.id', 'like', `${question.id}%`)]),
        eb('f.name', 'ilike', `%${literal(question.text)}%`),
      ]),
    )
    .orderBy('i.created_at', 'desc')
    .orderBy('f.name')
    .limit(40)
    .execute();
  const first = new Map(rows.toReversed().map((row) => [row.id, row]));
  return [...first.values()].toReversed().map((row) => ({
    id: row.id,
    group: 'Imports',
    label: row.name ?? 'An import without files',
    description: `Import${row.created_by_name === null ? '' : ` by ${row.created_by_name}`}, ${row.state}`,
    href: `${page}/imports/${row.id}`,
  }));
}

async function evidence(tx: Tx, clientId: string, page: string, question: Question): Promise<Hit[]> {
  const rows = await tx
    .selectFrom('evidence')
    .select(['sha256', 'name'])
    .where('client_id', '=', clientId)
    .where((eb) =>
      eb.or([
        ...(question.hex === null ? [] : [eb('sha256', 'like', `${question.hex}%`)]),
        eb('name', 'ilike', `%${literal(question.text)}%`),
      ]),
    )
    .orderBy('added_at', 'desc')
    .limit(20)
    .execute();
  return rows.map((row) => ({
    id: row.sha256,
    group: 'Evidence',
    label: row.name,
    description: `SHA-256 ${row.sha256.slice(0, 12)}…`,
    href: `${page}/evidence/${row.sha256}`,
  }));
}

/** Audit records by number (`#12`), by hash, or by an id that they mention. `page` is the page that shows the chain. */
export async function auditRecords(
  tx: Tx,
  chain: string,
  page: string,
  { question, titles }: { readonly question: Question; readonly titles: ActionTitles },
): Promise<Hit[]> {
  const { seq, hex, id } = question;
  if (seq === null && hex === null && id === null) return [];
  const rows = await tx
    .selectFrom('audit_log')
    .select(['seq', 'at', 'body', 'prev', 'hash'])
    .where('client_id', '=', chain)
    .where((eb) =>
      eb.or([
        ...(seq === null ? [] : [eb('seq', '=', seq)]),
        ...(hex === null ? [] : [eb('hash', 'like', `${hex}%`)]),
        ...(id === null ? [] : [sql<boolean>`body like ${`%"id":"${id}%`}`]),
      ]),
    )
    .orderBy('seq', 'desc')
    .limit(20)
    .execute();
  return rows.map((row) => {
    const { what, actor, subject } = viewOf(row, titles);
    return {
      id: String(row.seq),
      group: 'Audit log',
      label: `${row.seq}. ${what}`,
      description: [actor.name, subject.name].filter((part) => part !== null).join(' · '),
      href: `${page}/audit?panel=${row.seq}`,
    };
  });
}

function isId({ id }: Question, own: string): boolean {
  return id !== null && own.startsWith(id);
}

/** Escapes text for use in a LIKE pattern. */
function literal(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
