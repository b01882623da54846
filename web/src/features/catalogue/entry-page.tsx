import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { dataWords, managedAuthWords, verifiedDomainWords } from '../../../../src/domain/connectors/words.ts';
import { FACT_WORDS } from '../../../../src/domain/labels.ts';
import { api } from '../../api.ts';
import { Card, Facts } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Severity } from '../../ui/severity.tsx';
import { DetailPage } from '../../ui/templates/detail-page.tsx';
import { HowToFix, Sides, Sources } from '../controls/control-parts.tsx';
import { Actions, CapabilityCells, ControlLinks, Layers, Limits, ServicePlans } from './entry-parts.tsx';
import { catalogueEntryRoute } from './routes.tsx';
import { KIND_WORDS, KINDS, type Shown } from './words.ts';

/** One entry of the catalogue, with its sources. */
export function EntryPage() {
  const params = catalogueEntryRoute.useParams();
  const kind = KINDS.find((one) => one === params.kind) ?? 'controls';
  const load = useQuery(api.catalogue.get.queryOptions({ input: { kind, id: params.id } }));
  return (
    <DetailPage
      title={(data: Shown) => (data.kind === 'connectors' ? data.name : data.title)}
      load={load}
      mark={(data) => (
        <>
          <span className="tag">{KIND_WORDS[data.kind]}</span>
          {data.kind === 'controls' ? <Severity level={data.severity} /> : null}
          <span className="mono muted">{data.id}</span>
        </>
      )}
      reason={reasonOf}
      work={workOf}
      evidence={asideOf}
    />
  );
}

function reasonOf(data: Shown): ReactNode {
  switch (data.kind) {
    case 'controls':
      return data.why;
    case 'capabilities':
      return data.means;
    case 'connectors':
      return data.note ?? 'What the connector can do, and how the guide recommends setting each action.';
    case 'licenses':
      return 'Which of the features that Bylaw tracks it includes.';
    case 'risks':
      return data.story;
    case 'clauses':
      return data.required ? 'The policy must contain it.' : 'The policy may contain it.';
  }
}

function workOf(data: Shown): ReactNode {
  switch (data.kind) {
    case 'controls':
      return (
        <>
          <HowToFix remediation={data.remediation} />
          {data.facts.length === 0 ? null : <Sides facts={data.facts} />}
          <Card title="How it is decided" flush>
            <ol>
              {data.checks.map((check) => (
                <li key={check.rule + check.reads.join()}>
                  <strong>{check.reads.length === 0 ? 'The catalogue only' : check.reads.join(', ')}</strong>
                  <p>{check.about}</p>
                  <p className="muted">A reading is current for {check.freshDays} days.</p>
                </li>
              ))}
            </ol>
          </Card>
        </>
      );
    case 'capabilities':
      return (
        <>
          <Sides facts={[data]} />
          <CapabilityCells entry={data} />
          <ControlLinks controls={data.controls} />
        </>
      );
    case 'connectors':
      return (
        <>
          <Actions entry={data} />
          <Limits entry={data} />
        </>
      );
    case 'licenses':
      return <ServicePlans entry={data} />;
    case 'risks':
      return (
        <>
          <Layers entry={data} />
          <ControlLinks controls={data.controls} />
        </>
      );
    case 'clauses':
      return <ControlLinks controls={data.controls} />;
  }
}

function asideOf(data: Shown): ReactNode {
  return (
    <>
      <Card>
        <Facts facts={factsOf(data)} />
      </Card>
      {'sources' in data ? (
        <Card title="Sources">
          <Sources sources={data.sources} />
        </Card>
      ) : null}
    </>
  );
}

type Pair = readonly [string, ReactNode];

function factsOf(data: Shown): readonly Pair[] {
  const guide = (rows: readonly string[]): Pair => [
    'Guide rows',
    rows.length === 0 ? <span className="muted">Not in the guide</span> : rows.join(', '),
  ];
  switch (data.kind) {
    case 'controls':
      return [
        ['Area', data.areaName],
        ['Concerns', data.concerns],
        ['Applies', data.appliesWhen],
        ...(data.notApplicable === null ? [] : [['Not applicable', data.notApplicable] as const]),
        ...(data.unlicensed === null ? [] : [['Not licensed', data.unlicensed] as const]),
        guide(data.guide),
        [
          'Risks',
          data.risks.length === 0 ? (
            <span className="muted">None named</span>
          ) : (
            <Stack as="ul" gap="none">
              {data.risks.map((risk) => (
                <li key={risk.id}>
                  <Link to="/catalogue/$kind/$id" params={{ kind: 'risks', id: risk.id }}>
                    {risk.title}
                  </Link>
                </li>
              ))}
            </Stack>
          ),
        ],
        ['Version', String(data.version)],
        [
          'Clients',
          <Link key="across" to="/across/$control" params={{ control: data.short }}>
            At all clients
          </Link>,
        ],
      ];
    case 'capabilities':
      return [
        ['Vendor', FACT_WORDS[data.status]],
        [
          'Comes with',
          data.grantedBy.length === 0 ? (
            <span className="muted">Not sold separately</span>
          ) : (
            data.grantedBy.join('; ')
          ),
        ],
        ...(data.toGet === null ? [] : [['To get it', data.toGet] as const]),
        guide(data.guideRows),
      ];
    case 'connectors':
      return [
        ['Reaches', dataWords(data.dataClasses)],
        ['Member data', data.holdsMemberData ? 'Holds member data' : 'Holds none'],
        ['Sensitivity', data.sensitivity.charAt(0).toUpperCase() + data.sensitivity.slice(1)],
        [
          'Directory',
          data.directory === 'confirmed'
            ? 'In Anthropic’s directory'
            : data.directory === 'no'
              ? 'Not in the directory'
              : 'Not confirmed',
        ],
        ['Verified domain', verifiedDomainWords(data.verifiedDomain)],
        ['Managed sign-in', managedAuthWords(data.managedAuth)],
        guide(data.guideRows),
      ];
    case 'licenses':
      return data.facts.map(({ name, value }) => [name, value] as const);
    case 'risks':
      return [
        ['Policy only', data.policyOnly ? 'Yes: technology cannot prevent it' : 'No'],
        ['Remains', data.residual],
        guide(data.guideRows),
      ];
    case 'clauses':
      return [['Part', data.part], guide(data.guideRows)];
  }
}
