import { sql } from 'kysely';
import { sampleOfEachType } from '../../sandbox/anthropic/samples.ts';
import type { startAnthropic } from '../../sandbox/anthropic/simulator.ts';
import type { Activity } from '../../src/domain/activity/activity.ts';
import { anActivity } from '../../src/domain/activity/testing.ts';
import { importing } from '../../src/features/imports/testing/importing.ts';
import { keepCatalogue } from '../../src/features/revisions/keep.ts';
import { coworkLogs, sender } from '../../src/features/telemetry/testing/send.ts';
import { TEST_NOW, type TestConsole, type TestPerson } from '../../src/server/testing/console.ts';
import { setAside } from '../../src/store/sinks/failed-deliveries.ts';

/** Activities that raise alerts: a burst of calls, and a loosened setting. */
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
 * Fills a console with an example of everything: the sandbox association, a pending exception, an attestation, an
 * import at each step, reports, an invitation, data from sources and telemetry, and deliveries that a sink refused.
 */
export async function fill(bylaw: TestConsole, vendor: Awaited<ReturnType<typeof startAnthropic>>) {
  const { owner, person } = bylaw;
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await owner.call(method, path, body);
    if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${answer.bytes}`);
    return answer.body;
  };
  const opened = await call('POST', '/sandbox', {});
  const slug: string = opened.client;
  await bylaw.client('Harrow Guild of Organ Builders', { claudePlan: 'enterprise', m365: 'e5' });
  const hr = await person('hr', opened.id, 'Hana Reyes');
  const base = `/clients/${slug}`;

  const imports = importing(bylaw, owner, slug);
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
    { name: 'what-is-this.csv', bytes: 'Color,Shape\nred,round\n' },
  ]);
  const canceled = await imports.start();
  await call('POST', `${imports.base}/${canceled}/cancel`, {});
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

  // Only one scope, so that the page lists the missing ones, and the sandbox's files remain in use.
  const key = 'sk-ant-api01-feed-only-0002';
  vendor.keys.set(key, { kind: 'access', scopes: ['read:compliance_activities'] });
  const dayBefore = new Date(TEST_NOW.getTime() - 86_400_000);
  for (const sample of sampleOfEachType(bylaw.services.catalogue.activityTypes, dayBefore))
    vendor.feed.add(sample);
  // The sandbox is on Team, but this key requires Enterprise: as if it had been connected before a change to Team.
  await onPlan(bylaw, opened.id, 'enterprise');
  const [source] = (await call('POST', `${base}/sources`, { key })).connections;
  await onPlan(bylaw, opened.id, 'team');
  await call('POST', `${base}/sources/${source.connection}/read`, {});

  const baseline = await call('POST', '/baselines', { shipped: 'team_business_premium' });
  await call('POST', `/baselines/${baseline.id}/apply`, {
    version: 1,
    clients: [slug],
    reason: 'The same for all',
  });
  await keepCatalogue(bylaw.services);

  const wish = await call('POST', `${base}/my-requests`, {
    entry: 'notion',
    purpose: 'Minutes of the committees',
    data: ['files', 'not_known'],
    people: 'The secretaries',
    writes: 'not_known',
    until: '2027-06-30',
  });

  const policyDraft = await policyIn(bylaw, base, hr);

  await bylaw.services.activityLog.append(opened.id, watched());
  const [raised] = (await call('GET', `${base}/alerts?state=all&detection=CLA-DET-03`)).items;
  const alert = await call('GET', `${base}/alerts/${raised.id}`);
  const incident = await call('POST', `${base}/incidents`, {
    type: 'agent_action',
    title: 'A Cowork session deleted files',
    summary: 'No one had asked for it.',
    person: 'mara.ellingsworth@alder.example.org',
    origin: 'alert',
    originId: alert.id,
  });
  const staffPage = new URL((await call('POST', `${base}/policy/page`, {})).address).pathname;
  await bylaw.inject({
    method: 'POST',
    url: `${staffPage.replace('/policy/', '/staff/')}/report`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({
      kind: 'personal_session',
      said: 'I pasted the list of the annual meeting into the wrong window.',
      happened: 'Yesterday at about four',
    }).toString(),
  });
  const [staffReport] = (await call('GET', `${base}/staff-reports`)).items;
  const filter = { categories: null, activities: true, alerts: false, minSeverity: 'low' };
  const sink = await call('POST', `${base}/sinks`, {
    kind: 'splunk',
    name: 'The SIEM',
    settings: { url: 'https://127.0.0.1:9', token: 'a-token' },
    filter,
  });
  await call('POST', `${base}/sinks`, { kind: 'files', name: 'Archive', settings: {}, filter });
  const { services } = bylaw;
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
  const [delivery] = (await call('GET', `${base}/failed-deliveries`)).items;
  const { send } = await sender(bylaw, slug, 'Cowork');
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

  return {
    base,
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
    staffPage,
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
  };
}

/** A policy written by HR and approved by the Owner, and a draft of the next one. Returns the draft. */
export async function policyIn(
  { owner }: TestConsole,
  base: string,
  hr: TestPerson,
): Promise<{ readonly id: string; readonly version: number }> {
  const made = (await hr.call('POST', `${base}/policy/drafts`, {})).body;
  const at = `${base}/policy/drafts/${made.id}`;
  const fields = made.fields.flatMap(({ id, value, given }: Given) =>
    given ? [] : [[id, value === '' ? 'help@kestrel.example' : value]],
  );
  const { reason, content, effectiveOn } = made;
  const edited = await hr.call('PUT', at, {
    version: made.version,
    reason,
    content,
    fields: Object.fromEntries(fields),
    collected: made.collected.map(({ id }: Given) => id),
    material: true,
    effectiveOn,
  });
  const proposed = await hr.call('POST', `${at}/propose`, { version: edited.body.version });
  const approved = await owner.call('POST', `${at}/approve`, { version: proposed.body.version });
  if (approved.status !== 201) throw new Error(`the policy was not published: ${approved.bytes}`);
  return (await hr.call('POST', `${base}/policy/drafts`, {})).body;
}

interface Given {
  readonly id: string;
  readonly value: string;
  readonly given: boolean;
}

function onPlan(bylaw: TestConsole, clientId: string, plan: string): Promise<unknown> {
  return bylaw.services.store.write([clientId], (tx) =>
    sql`update clients set profile = profile || ${JSON.stringify({ claudePlan: plan })}::jsonb where id = ${clientId}`.execute(
      tx,
    ),
  );
}
