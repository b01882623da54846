import { sql } from 'kysely';
import { sampleOfEachType } from '../../sandbox/anthropic/samples.ts';
import { startAnthropic } from '../../sandbox/anthropic/simulator.ts';
import type { Activity } from '../../src/domain/activity/activity.ts';
import { anActivity } from '../../src/domain/activity/testing.ts';
import { importing } from '../../src/features/imports/testing/importing.ts';
import { keepCatalogue } from '../../src/features/revisions/keep.ts';
import { coworkLogs, sender } from '../../src/features/telemetry/testing/send.ts';
import { TEST_NOW } from '../../src/server/testing/console.ts';
import { setAside } from '../../src/store/sinks/dead-letters.ts';
import { type ConsoleBrowser, openConsole } from './console-browser.ts';

export interface FilledConsole extends ConsoleBrowser {
  readonly client: { readonly slug: string; readonly name: string };
  /** Addresses of the routes that are wanted: each filled with what it shows first, and with what else it may show. */
  addresses(wanted: (route: string) => boolean): { readonly first: string[]; readonly others: string[] };
}

/** Activities that raise alerts: a burst of calls, and a setting that was loosened. */
function watched(): Activity[] {
  const at = (second: number) => new Date(Date.UTC(2026, 10, 24, 13, 0, second)).toISOString();
  const jane = {
    person: 'jane@alder.example.org',
    actor: { type: null, id: null, email: 'jane@alder.example.org', name: 'Jane Doe' },
  };
  return [
    ...Array.from({ length: 80 }, (_, n) => anActivity({ ...jane, id: `burst ${n}`, at: at(n * 4) })),
    anActivity({
      ...jane,
      id: 'loosened',
      at: at(0),
      source: 'compliance_feed',
      type: 'org_cowork_act_without_asking_mode_enabled',
      category: 'settings',
      connector: null,
      connectorName: null,
      tool: null,
      effect: null,
    }),
  ];
}

/**
 * A console with something on every page: the sandbox association, an exception that waits, a statement, an import in
 * each step, reports, an invitation. The pages are those that the console's own router knows.
 */
export async function filledConsole(): Promise<FilledConsole> {
  const vendor = await startAnthropic({ now: () => TEST_NOW });
  const here = await openConsole({ anthropic: vendor.url });
  const { owner, person } = here.bylaw;
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await owner.call(method, path, body);
    if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${answer.bytes}`);
    return answer.body;
  };
  const opened = await call('POST', '/sandbox', {});
  const slug: string = opened.client;
  await here.bylaw.client('Harrow Guild of Organ Builders', { claudePlan: 'enterprise', m365: 'e5' });
  const hr = await person('hr', opened.id, 'Hana Reyes');
  const base = `/clients/${slug}`;

  const imports = importing(here.bylaw, owner, slug);
  const members = {
    name: 'members-2026-11-24.csv',
    bytes:
      'Name,Email,Role,Seat Tier,Status\nMara Ellingsworth,mara@alder.example.org,Owner,Premium,Active\n',
  };
  const empty = await imports.start();
  const collecting = await imports.start();
  await imports.add(collecting, members);
  const preview = await imports.draft([
    members,
    { name: 'what-is-this.csv', bytes: 'Colour,Shape\nred,round\n' },
  ]);
  const cancelled = await imports.start();
  await call('POST', `${imports.base}/${cancelled}/cancel`, {});
  const stored = (await call('GET', imports.base)).items.find(
    ({ state }: { state: string }) => state === 'stored',
  );

  const [subject] = (await call('GET', `${base}/exceptions/controls`)).items;
  const waiting = await call('POST', `${base}/exceptions`, {
    control: subject.control,
    items: null,
    reason: 'The new contract begins in January',
    owner: 'Priya Raman',
    until: '2026-12-31',
  });
  const [attestable] = (await call('GET', `${base}/attestations/controls`)).items;
  const attested = await call('POST', `${base}/attestations`, {
    control: attestable.control,
    holds: true,
    seen: '2026-11-24',
  });
  const [draft] = (await call('GET', `${base}/charter`)).drafts;
  const [someone] = (await call('GET', `${base}/people?tab=differences`)).items;
  const [file] = (await call('GET', `${base}/evidence`)).items;
  const before = await call('POST', `${base}/reports`, { title: 'October', asOf: '2026-10-31' });
  const report = await call('POST', `${base}/reports`, {});
  const invitation = await call('POST', '/invitations', {
    email: 'nina@people.example',
    name: 'Nina New',
    grants: [{ role: 'hr', forClient: slug }],
  });

  // One scope only, so that the page says what the others would show, and the files of the sandbox stay what counts.
  const key = 'sk-ant-api01-feed-only-0002';
  vendor.keys.set(key, { kind: 'access', scopes: ['read:compliance_activities'] });
  const dayBefore = new Date(TEST_NOW.getTime() - 86_400_000);
  for (const sample of sampleOfEachType(here.bylaw.services.catalogue.activityTypes, dayBefore))
    vendor.feed.add(sample);
  // The sandbox is on Team, and such a key is one of Enterprise: it was connected before the client went to Team.
  await onPlan(here, opened.id, 'enterprise');
  const [source] = (await call('POST', `${base}/sources`, { key })).connections;
  await onPlan(here, opened.id, 'team');
  await call('POST', `${base}/sources/${source.connection}/read`, {});

  const baseline = await call('POST', '/baselines', { shipped: 'team_business_premium' });
  await call('POST', `/baselines/${baseline.id}/apply`, {
    version: 1,
    clients: [slug],
    reason: 'The same for all',
  });
  await keepCatalogue(here.bylaw.services);

  const wish = await call('POST', `${base}/my-requests`, {
    entry: 'notion',
    purpose: 'Minutes of the committees',
    data: ['files', 'not_known'],
    people: 'The secretaries',
    writes: 'not_known',
    until: '2027-06-30',
  });

  await here.bylaw.services.activityLog.append(opened.id, watched());
  const [alert] = (await call('GET', `${base}/alerts?state=all&rule=CLA-DET-03`)).items;
  const filter = { categories: null, activities: true, alerts: false, minSeverity: 'low' };
  const sink = await call('POST', `${base}/sinks`, {
    kind: 'splunk',
    name: 'The SIEM',
    settings: { url: 'https://127.0.0.1:9', token: 'a-token' },
    filter,
  });
  await call('POST', `${base}/sinks`, { kind: 'files', name: 'Archive', settings: {}, filter });
  const { services } = here.bylaw;
  const lately = anActivity({
    id: 'lately',
    at: services.clock().toISOString(),
    type: 'org_cowork_act_without_asking_mode_enabled',
    category: 'settings',
    source: 'compliance_feed',
    connector: null,
    tool: null,
    effect: null,
  });
  await services.activityLog.append(opened.id, [lately]);
  await services.forwarding.settle(opened.id);
  await services.store.write([opened.id], (tx) =>
    setAside(tx, {
      clientId: opened.id,
      sinkId: sink.id,
      stream: 'activities',
      events: [
        {
          stream: 'activities',
          client: { id: opened.id, name: 'Alder' },
          test: false,
          activity: { ...lately, seq: 1, receivedAt: lately.at },
        },
      ],
      unnamed: 0,
      says: 'Splunk says: Invalid data format (code 6, HTTP 400).',
      answer: '{"text":"Invalid data format","code":6,"invalid-event-number":0}',
      at: services.clock(),
    }),
  );
  const [letter] = (await call('GET', `${base}/failed-deliveries`)).items;
  const { send } = await sender(here.bylaw, slug, 'Cowork');
  await send(
    'logs',
    coworkLogs([
      { name: 'user_prompt', values: { 'event.sequence': 1, prompt_length: 35 } },
      {
        name: 'tool_result',
        at: '2100-01-01T00:00:00Z',
        values: {
          'event.sequence': 2,
          'organization.id': '11111111-e29b-41d4-a716-446655440000',
          tool_name: 'mcp__slack__slack_send_message',
          success: 'true',
        },
      },
    ]),
  );
  await send('logs', 'no export of OTLP');

  /** Parameters of routes: with what each is filled. */
  const fillings: Record<string, string[]> = {
    alert: [alert.id],
    client: [slug],
    baseline: [baseline.id],
    control: ['ACC-07'],
    kind: ['controls'],
    id: ['ACC-07'],
    import: [preview.id, empty, collecting, cancelled, stored.id],
    sha: [file.sha256],
    report: [report.id],
    request: [wish.id],
    revision: ['1'],
    version: [draft.id, '6'],
    task: ['invite_staff', 'domain_verified'],
    token: [new URL(here.bylaw.mailedLink('nina@people.example')).pathname.split('/').at(-1) ?? ''],
  };
  const c = `/c/${slug}`;
  /** What opens beside a page or in it, which no route tells by itself. */
  const openings = [
    `/access?panel=${hr.id}`,
    `/access?tab=invitations&panel=${invitation.invitation.id}`,
    '/access?tab=tokens',
    '/access?tab=providers',
    '/baselines?new=yes',
    `/baselines/${baseline.id}?panel=${slug}`,
    `/baselines/${baseline.id}?tab=differences`,
    `/baselines/${baseline.id}?tab=template`,
    '/catalogue?kind=capabilities',
    '/catalogue/capabilities/claude.scim',
    '/catalogue/risks/connector_from_personal_account',
    '/no-such-page',
    `${c}?all=do`,
    `${c}/activity?panel=1`,
    `${c}/usage?tab=weekly`,
    `${c}/usage?range=4w&by=day&connector=microsoft365_sharepoint`,
    `${c}/usage?tab=people&panel=mara.ellingsworth%40alder.example.org`,
    `${c}/activity?category=tool_call&text=nothing-is-called-so`,
    `${c}/alerts?state=all`,
    `${c}/alerts/${alert.id}?open=silence`,
    `${c}/alerts/rules?panel=CLA-DET-03`,
    `${c}/alerts/rules?panel=CLA-DET-03&open=change`,
    `${c}/alerts/rules?show=cannot`,
    `${c}/attestations?panel=${attested.id}`,
    `${c}/attestations?tab=controls`,
    `${c}/attestations?new=${attestable.control}`,
    `${c}/audit?panel=1`,
    `${c}/charter?open=begin`,
    `${c}/charter?open=yaml`,
    `${c}/charter/${draft.id}?view=whole`,
    `${c}/charter/${draft.id}?edit=people`,
    `${c}/charter/${draft.id}?edit=policy`,
    `${c}/charter/${draft.id}?open=refuse`,
    `${c}/charter/${draft.id}?open=cell`,
    `${c}/connectors/access?person=${encodeURIComponent(someone.id)}&open=microsoft365_sharepoint`,
    `${c}/connectors/reach?for=staff`,
    `${c}/connectors/drift?panel=microsoft365_sharepoint%2Fsharepoint_delete_item`,
    `${c}/connectors/drift?text=nothing-is-called-so`,
    `${c}/connections/failed?panel=${letter.id}`,
    `${c}/connections/failed?state=dropped`,
    `${c}/connections/sinks?add=choose`,
    `${c}/connections/sinks?add=syslog`,
    `${c}/connections/sinks?edit=${sink.id}`,
    `${c}/controls?panel=ACC-07`,
    `${c}/controls?text=nothing-is-called-so`,
    `${c}/controls/ACC-07?day=2026-11-20`,
    `${c}/connections?open=connect`,
    `${c}/deployment/invite_staff?open=override`,
    `${c}/evidence?panel=${file.sha256}`,
    `${c}/exceptions?panel=${waiting.id}`,
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
    `${c}/personal-accounts?panel=${encodeURIComponent('greta.holm@alder.example.org')}`,
    `${c}/personal-accounts?open=record`,
    `${c}/planner?row=sensitive_uploads&sets=claude%3Aenterprise%3Bm365%3Ae5`,
    `${c}/planner?panel=A`,
    `${c}/planner?panel=today`,
    `${c}/planner?edit=new`,
    `${c}/planner?sets=%3B`,
    `${c}/ask?open=ask`,
    `${c}/risks?panel=sensitive_uploads`,
    `${c}/risks?standing=covered&scope=network`,
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
    client: { slug, name: opened.name },
    addresses: (wanted) => {
      const all = routes.filter(wanted).map(filled);
      return {
        first: all.flatMap((some) => some.slice(0, 1)),
        others: [...all.flatMap((some) => some.slice(1)), ...openings.filter(wanted)],
      };
    },
  };
}

function onPlan({ bylaw }: ConsoleBrowser, clientId: string, plan: string): Promise<unknown> {
  return bylaw.services.store.write([clientId], (tx) =>
    sql`update clients set profile = profile || ${JSON.stringify({ claudePlan: plan })}::jsonb where id = ${clientId}`.execute(
      tx,
    ),
  );
}
