import { startAnthropic } from '../../sandbox/anthropic/simulator.ts';
import { visible } from '../../src/domain/text/unsafe-text.ts';
import { TEST_NOW, type TestConsole } from '../../src/server/testing/console.ts';
import { type ConsoleBrowser, openConsole } from './console-browser.ts';
import type { Build } from './console-build.ts';
import { fill } from './fill.ts';

/**
 * A name with a character that reverses neighboring text on every page that does not show the character as its code.
 */
const TURNED = 'Alder Society \u202Eof Landscape Surveyors';

export interface FilledConsole extends ConsoleBrowser {
  /** `name`: as pages display it. */
  readonly client: { readonly slug: string; readonly name: string };
  /** URLs of the given routes: each with its default state and with every other state it can show. */
  addresses(wanted: (route: string) => boolean): { readonly first: string[]; readonly others: string[] };
}

/**
 * A console with content on every page: the sandbox association, a pending exception, an import at each step, reports,
 * an invitation. The pages are taken from the console's own router.
 */
export async function filledConsole(build?: Build): Promise<FilledConsole> {
  const vendor = await startAnthropic({ now: () => TEST_NOW });
  const here = await openConsole({ anthropic: vendor.url, build });
  const {
    alert,
    attestable,
    attested,
    baseline,
    canceled,
    collecting,
    draft,
    empty,
    file,
    hr,
    before,
    incident,
    staffReport,
    invitation,
    delivery,
    opened,
    policyDraft,
    preview,
    report,
    sink,
    someone,
    stored,
    subject,
    waiting,
    wish,
  } = await fill(here.bylaw, vendor);
  const slug: string = opened.client;
  await rename(here.bylaw, opened.id);
  const review = (await here.bylaw.owner.call('POST', `/clients/${slug}/reviews`, { kind: 'quarterly' })).body
    .id;

  /** Values for the parameters of routes, by parameter. */
  const fillings: Record<string, string[]> = {
    alert: [alert.id],
    group: [alert.group.id],
    client: [slug],
    baseline: [baseline.id],
    control: ['ACC-07'],
    doc: ['drift', 'files-list', 'no-such-page'],
    kind: ['controls'],
    id: ['ACC-07'],
    incident: [incident.id],
    import: [preview.id, empty, collecting, canceled, stored.id],
    sha: [file.sha256],
    report: [report.id],
    policyVersion: [policyDraft.id, '4'],
    policyText: ['staff_monitoring', 'impact_assessment'],
    request: [wish.id],
    review: [review],
    revision: ['1'],
    version: [draft.id, '6'],
    task: ['invite_staff', 'domain_verified'],
    token: [new URL(here.bylaw.mailedLink('nina@people.example')).pathname.split('/').at(-1) ?? ''],
  };
  const c = `/c/${slug}`;
  /** Panels and dialogs opened by a query, which cannot be derived from the route. */
  const openings = [
    `/access?panel=${hr.id}`,
    `/access?tab=invitations&panel=${invitation.invitation.id}`,
    '/access?tab=tokens',
    '/access?tab=providers',
    '/baselines?new=yes',
    `/baselines/${baseline.id}?panel=${slug}`,
    `/baselines/${baseline.id}?tab=differences`,
    `/baselines/${baseline.id}?tab=template`,
    `/baselines/${baseline.id}?tab=versions`,
    '/catalogue?kind=capabilities',
    '/catalogue/capabilities/claude.scim',
    '/catalogue/risks/connector_from_personal_account',
    '/clients?view=areas',
    '/no-such-page',
    `${c}?all=do`,
    `${c}/activity?panel=1`,
    `${c}/usage?tab=weekly`,
    `${c}/usage?range=4w&by=day&connector=microsoft365_sharepoint`,
    `${c}/usage?tab=people&panel=mara.ellingsworth%40alder.example.org`,
    `${c}/activity?category=tool_call&text=nothing-is-called-so`,
    `${c}/alerts?state=all`,
    `${c}/alerts?open=notify`,
    `${c}/alerts/${alert.id}?open=silence`,
    `${c}/alerts/${alert.id}?open=step`,
    `${c}/alerts/groups/${alert.group.id}?open=benign`,
    `${c}/alerts/detections?panel=CLA-DET-03`,
    `${c}/alerts/detections?panel=CLA-DET-03&open=change`,
    `${c}/alerts/detections?show=cannot`,
    `${c}/attestations?panel=${attested.id}`,
    `${c}/attestations?tab=controls`,
    `${c}/attestations?new=${attestable.control}`,
    `${c}/audit?panel=1`,
    `${c}/charter?open=begin`,
    `${c}/charter?open=yaml`,
    `${c}?answer=account_owner,policy_clauses`,
    `${c}/charter?answer=sign_in_app`,
    `${c}/charter/${draft.id}?view=whole`,
    `${c}/charter/${draft.id}?answer=cowork`,
    `${c}/charter/${draft.id}?edit=people`,
    `${c}/charter/${draft.id}?edit=policy`,
    `${c}/charter/${draft.id}?open=refuse`,
    `${c}/charter/${draft.id}?open=cell`,
    `${c}/connectors/access?person=${encodeURIComponent(someone.id)}&open=microsoft365_sharepoint`,
    `${c}/connectors/access?view=systems`,
    `${c}/connectors/reach?for=staff`,
    `${c}/connectors/drift?panel=microsoft365_sharepoint%2Fsharepoint_delete_item`,
    `${c}/connectors/drift?text=nothing-is-called-so`,
    `${c}/connections/failed?panel=${delivery.id}`,
    `${c}/connections/failed?state=dropped`,
    `${c}/connections/sinks?add=choose`,
    `${c}/connections/sinks?add=syslog`,
    `${c}/connections/sinks?edit=${sink.id}`,
    `${c}/controls?panel=ACC-07`,
    `${c}/controls?text=nothing-is-called-so`,
    `${c}/controls/ACC-07?day=2026-11-20`,
    `${c}/connections?open=connect`,
    `${c}/deployment/invite_staff?open=override`,
    `${c}/deployment?open=hand-over`,
    `${c}/deployment?open=record`,
    `${c}/evidence?panel=${file.sha256}`,
    `${c}/exceptions?panel=${waiting.id}`,
    `${c}/incidents?tab=drills`,
    `${c}/incidents?open=yes&alert=${alert.id}`,
    `${c}/incidents/reports?panel=${staffReport.id}`,
    `${c}/incidents/${incident.id}?open=edit`,
    `${c}/deployment/invite_staff?open=assign`,
    `${c}/work?view=all`,
    `${c}/work?kind=report`,
    `${c}/work?tab=recurring`,
    `${c}/work?tab=recurring&task=monthly_look`,
    `${c}/work?tab=recurring&task=quarterly_review&open=schedule`,
    `${c}/work?tab=recurring&task=monthly_look&open=done`,
    '/work?view=all',
    `${c}/exceptions?view=ends`,
    `${c}/exceptions?new=${subject.control}`,
    `${c}/people?tab=everyone&panel=${encodeURIComponent(someone.id)}`,
    `${c}/people?tab=personal_accounts`,
    `${c}/personal-accounts?tab=changes`,
    `${c}/personal-accounts?tab=messages`,
    `${c}/personal-accounts?tab=messages&edit=first`,
    `${c}/personal-accounts?open=settings`,
    `${c}/personal-accounts?panel=${encodeURIComponent('greta.holm@alder.example.org')}`,
    `${c}/personal-accounts?open=record`,
    `${c}/planner?row=sensitive_uploads&sets=claude%3Aenterprise%3Bm365%3Ae5`,
    `${c}/planner?panel=A`,
    `${c}/planner?panel=today`,
    `${c}/planner?edit=new`,
    `${c}/planner?sets=%3B`,
    `${c}/ask?open=ask`,
    `${c}/risks?panel=sensitive_uploads`,
    `${c}/risks?status=covered&scope=network`,
    `${c}/policy?tab=register`,
    `${c}/policy?tab=versions`,
    `${c}/policy?tab=texts`,
    `${c}/policy/${policyDraft.id}?open=withdraw`,
    `${c}/reports?new=yes`,
    `${c}/reports?tab=schedules`,
    `${c}/reports/${report.id}?since=${before.id}`,
  ];
  const page = await here.open(null);
  await page.goto('/sign-in');
  const routes = await page.evaluate<string[]>('Object.keys(__TSR_ROUTER__.routesByPath)');
  await page.context().close();

  function filled(path: string): string[] {
    const name = /\$(\w+)/.exec(path)?.[1];
    if (name === undefined) return [path];
    const values = fillings[name];
    if (values === undefined)
      throw new Error(`The route ${path} has a parameter "${name}": name in fillings what to open it with.`);
    return values.flatMap((value) => filled(path.replace(`$${name}`, encodeURIComponent(value))));
  }

  return {
    ...here,
    close: async () => {
      await here.close();
      await vendor.close();
    },
    client: { slug, name: visible(TURNED) },
    addresses: (wanted) => {
      const all = routes.filter(wanted).map(filled);
      return {
        first: all.flatMap((some) => some.slice(0, 1)),
        others: [...all.flatMap((some) => some.slice(1)), ...openings.filter(wanted)],
      };
    },
  };
}

/** Such a name is refused today, but one stored earlier must still be displayed. */
async function rename({ services: { store } }: TestConsole, clientId: string): Promise<void> {
  await store.write([clientId], (tx) =>
    tx.updateTable('clients').set({ name: TURNED }).where('id', '=', clientId).execute(),
  );
}
